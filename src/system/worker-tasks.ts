import { parentPort, type Transferable } from 'node:worker_threads';
import { type ErrorCode, ParlanceError } from '../errors/errors.ts';
import { kernelThreadId } from './thread-time.ts';

/** What a worker of a {@link WorkerPool} posts: once that it is ready, then one answer a task. */
export type WorkerMessage<Result> =
  | { readonly type: 'ready'; readonly kernelThread: number | undefined }
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'error'; readonly code: ErrorCode; readonly message: string };

/** Serves the tasks of a {@link WorkerPool}, one after another, in the worker that calls it.
 * @param transfer what of a result moves instead of being copied */
export function serveTasks<Task, Result>(
  handle: (task: Task) => Result | Promise<Result>,
  transfer: (result: Result) => Transferable[] = () => [],
): void {
  if (parentPort === null) throw new Error('serveTasks runs in a worker thread only');
  const port = parentPort;
  port.on('message', async (task: Task) => {
    let answer: WorkerMessage<Result>;
    let transferred: Transferable[] = [];
    try {
      const result = await handle(task);
      answer = { type: 'result', result };
      transferred = transfer(result);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      answer = { type: 'error', code: error instanceof ParlanceError ? error.code : 'internal', message };
    }
    port.postMessage(answer, transferred);
  });
  port.postMessage({ type: 'ready', kernelThread: kernelThreadId() } satisfies WorkerMessage<Result>);
}
