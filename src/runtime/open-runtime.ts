import { ParlanceError } from '../errors/errors.ts';
import { openCApiRuntime } from './c-api-runtime.ts';
import { pinnedVersion } from './library.ts';
import type { ExecutionProvider, Runtime } from './runtime.ts';
import { selfTest } from './self-test.ts';

export interface OpenRuntimeOptions {
  /** `auto` takes the C API unless it fails its checks, and then onnxruntime-node's own. @default auto */
  readonly kind?: 'c-api' | 'node' | 'auto';
  /** @default cpu */
  readonly executionProvider?: ExecutionProvider;
  /** Which of the provider's devices. @default 0 */
  readonly deviceId?: number;
  /** Hears why `auto` fell back. */
  readonly onWarning?: (message: string) => void;
}

/** Opens ONNX Runtime in the calling thread, and tests that it keeps a KV cache in place.
 * @throws runtime */
export async function openRuntime(options: OpenRuntimeOptions = {}): Promise<Runtime> {
  const { kind = 'auto', executionProvider = 'cpu', deviceId = 0, onWarning = () => {} } = options;
  if (kind === 'node') return openNode(executionProvider, deviceId);
  try {
    return await openChecked(executionProvider, deviceId);
  } catch (error) {
    if (kind === 'c-api' || !(error instanceof ParlanceError)) throw error;
    onWarning(`${error.message}; falling back to onnxruntime-node's own interface, which is slower`);
    return openNode(executionProvider, deviceId);
  }
}

async function openChecked(executionProvider: ExecutionProvider, deviceId: number): Promise<Runtime> {
  const runtime = openCApiRuntime(executionProvider, deviceId);
  try {
    checkVersion(runtime);
    await selfTest(runtime);
    return runtime;
  } catch (error) {
    runtime.dispose();
    throw error;
  }
}

function checkVersion({ version }: Runtime): void {
  if (version !== pinnedVersion)
    throw new ParlanceError('runtime', `ONNX Runtime's version is ${version}, expected ${pinnedVersion}`);
}

/** Loaded on demand: onnxruntime-node opens an environment of its own when it is imported. */
async function openNode(executionProvider: ExecutionProvider, deviceId: number): Promise<Runtime> {
  const { openNodeRuntime } = await import('./node-runtime.ts');
  return openNodeRuntime(executionProvider, deviceId);
}
