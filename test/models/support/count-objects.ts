import type { Runtime, Session } from '../../../src/runtime/runtime.ts';

interface Disposable {
  dispose(): void;
}

/** The runtime, with a count of what it made and nobody disposed of so far. */
export function countObjects(runtime: Runtime): { runtime: Runtime; numAlive: () => number } {
  const alive = new Set<object>();
  const counted = <T extends Disposable>(object: T): T => {
    const token = {};
    alive.add(token);
    const dispose = () => {
      alive.delete(token);
      object.dispose();
    };
    return { ...object, dispose };
  };
  const countedSession = (session: Session): Session =>
    counted({ ...session, createBinding: () => counted(session.createBinding()) });
  return {
    runtime: {
      ...runtime,
      createSession: async (...parameters) => countedSession(await runtime.createSession(...parameters)),
      hostTensor: (...parameters) => counted(runtime.hostTensor(...parameters)),
      reserve(byteLength) {
        const block = runtime.reserve(byteLength);
        return counted({ ...block, tensor: (...parameters) => counted(block.tensor(...parameters)) });
      },
    },
    numAlive: () => alive.size,
  };
}
