import { ParlanceError } from '../errors/errors.ts';
import { loadLibrary } from '../system/native-library.ts';
import { loadApi } from './api.ts';
import { loadOnnxRuntime } from './library.ts';
import { reserveMemory } from './memory.ts';
import type { ExecutionProvider, MemoryBlock, Runtime } from './runtime.ts';
import { createSession } from './session.ts';
import { fatalOnly } from './session-config.ts';
import { make } from './status.ts';
import { type TensorFactory, tensorFactory } from './tensor.ts';

const arenaAllocator = 1;
const defaultMemory = 0;

/** Opens ONNX Runtime through its C API, in the calling thread. The library is one for the whole process, and counts
 * the environments that its threads open: each thread opens a runtime of its own.
 * @param deviceId which of the provider's devices
 * @throws runtime */
export function openCApiRuntime(executionProvider: ExecutionProvider, deviceId: number): Runtime {
  preferPlainAttention();
  const library = loadOnnxRuntime();
  const { version, api } = loadApi(library);
  const env = make(api, 'creating the environment', (out) => api.CreateEnv(fatalOnly, 'parlance', out));
  const hostInfo = make(api, 'describing host memory', (out) =>
    api.CreateCpuMemoryInfo(arenaAllocator, defaultMemory, out),
  );
  const tensors = tensorFactory(api, hostInfo);
  return {
    kind: 'c-api',
    version,
    executionProvider,
    createSession: async (model, options = {}) =>
      createSession(api, { env, model, executionProvider, deviceId, options }),
    hostTensor: tensors.overArray,
    reserve(byteLength) {
      if (executionProvider === 'cpu') return reserveBlock(tensors, byteLength);
      throw new ParlanceError('runtime', `memory of the ${executionProvider} provider is not served yet`);
    },
    dispose() {
      api.ReleaseMemoryInfo(hostInfo);
      api.ReleaseEnv(env);
    },
  };
}

/** On the CPU the kernel without tiling is 1 to 5 % faster, at any length and batch that was measured. The kernel asks the
 * process's own environment, of which a worker thread's process.env is a copy. What the user set stays. */
function preferPlainAttention(): void {
  if (process.platform === 'win32') return;
  const keep = 0;
  const setenv = loadLibrary(null).func('setenv', 'int', ['const char *', 'const char *', 'int']);
  setenv('ORT_GQA_DISABLE_FLASH_ATTENTION', '1', keep);
}

function reserveBlock(tensors: TensorFactory, byteLength: number): MemoryBlock {
  const memory = reserveMemory(byteLength);
  return {
    byteLength,
    tensor: (type, shape, byteOffset) => tensors.overMemory(type, shape, memory.address(byteOffset)),
    copy: memory.copy,
    discard: memory.discard,
    dispose: memory.free,
  };
}
