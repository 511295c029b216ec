import { env, InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { ParlanceError } from '../errors/errors.ts';
import { elementTypes, hostArray, numElements } from './element-types.ts';
import { allocateBytes } from './host-memory.ts';
import type {
  Binding,
  ElementType,
  ExecutionProvider,
  HostTensor,
  MemoryBlock,
  Runtime,
  Session,
  SessionOptions,
  Tensor,
} from './runtime.ts';
import { configEntries, fatalOnly } from './session-config.ts';

/** Opens ONNX Runtime through onnxruntime-node's public API: slow, since each run copies what it computed out of fresh
 * arrays into the tensors that are bound, but without a foreign function interface. Memory blocks are host memory.
 * @param deviceId which of the provider's devices */
export function openNodeRuntime(executionProvider: ExecutionProvider, deviceId: number): Runtime {
  return {
    kind: 'node',
    version: env.versions.node ?? 'unknown',
    executionProvider,
    createSession: (model, options = {}) => createSession(model, providerOption(executionProvider, deviceId), options),
    hostTensor: (type, shape, data = hostArray(type, shape)) => ({ type, shape, data, dispose() {} }),
    reserve: reserveBlock,
    dispose() {},
  };
}

type ProviderOption = NonNullable<InferenceSession.SessionOptions['executionProviders']>[number];

function providerOption(name: ExecutionProvider, deviceId: number): ProviderOption {
  return name === 'cuda' ? { name, deviceId } : name;
}

async function createSession(model: Uint8Array, provider: ProviderOption, options: SessionOptions): Promise<Session> {
  const session = await translated('creating a session', () =>
    InferenceSession.create(model, {
      executionProviders: [provider],
      executionMode: 'sequential',
      enableMemPattern: false,
      logSeverityLevel: fatalOnly,
      extra: configEntries(options),
      ...(options.numThreads === undefined ? {} : { intraOpNumThreads: options.numThreads }),
    }),
  );
  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    createBinding: () => createBinding(session),
    dispose() {
      void session.release();
    },
  };
}

function createBinding(session: InferenceSession): Binding {
  const inputs = new Map<string, HostTensor>();
  const outputs = new Map<string, HostTensor>();
  return {
    bindInput: (name, tensor) => bind(session.inputNames, inputs, name, tensor),
    bindOutput: (name, tensor) => bind(session.outputNames, outputs, name, tensor),
    async run() {
      const feeds = Object.fromEntries([...inputs].map(([name, tensor]) => [name, ortTensor(tensor)]));
      const results = await translated('running a graph', () => session.run(feeds, [...outputs.keys()]));
      for (const [name, tensor] of outputs) copyResult(name, results[name]!, tensor);
    },
    dispose() {
      inputs.clear();
      outputs.clear();
    },
  };
}

function bind(known: readonly string[], bound: Map<string, HostTensor>, name: string, tensor: Tensor): void {
  if (!known.includes(name))
    throw new ParlanceError('runtime', `the graph has no value ${name}: expected one of ${known.join(', ')}`);
  if (!isHostTensor(tensor))
    throw new ParlanceError('runtime', `a ${tensor.type} tensor of another runtime can't be bound to this one`);
  bound.set(name, tensor);
}

function isHostTensor(tensor: Tensor): tensor is HostTensor {
  return 'data' in tensor;
}

function ortTensor({ type, data, shape }: HostTensor): OrtTensor {
  if (type === 'bfloat16') throw new ParlanceError('runtime', 'onnxruntime-node has no bfloat16 tensors');
  return new OrtTensor(type, data, shape);
}

function copyResult(name: string, { dims, data }: OrtTensor, tensor: HostTensor): void {
  if (dims.join() !== tensor.shape.join())
    throw new ParlanceError('runtime', `output ${name} has shape [${dims}], but [${tensor.shape}] is bound to it`);
  if (!ArrayBuffer.isView(data)) throw new ParlanceError('runtime', `output ${name} is no tensor of numbers`);
  bytesOf(tensor.data).set(bytesOf(data));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function reserveBlock(byteLength: number): MemoryBlock {
  const bytes = allocateBytes(byteLength);
  return {
    byteLength,
    tensor: (type, shape, byteOffset) => hostView(type, shape, bytes.buffer, byteOffset),
    copy: (from, to, numBytes) => bytes.copyWithin(to, from, from + numBytes),
    discard: (byteOffset, numBytes) => bytes.fill(0, byteOffset, byteOffset + numBytes),
    dispose() {},
  };
}

function hostView(type: ElementType, shape: readonly number[], buffer: ArrayBuffer, byteOffset: number): HostTensor {
  const data = elementTypes[type].array(buffer, byteOffset, numElements(shape));
  return { type, shape, data, dispose() {} };
}

async function translated<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new ParlanceError('runtime', `ONNX Runtime failed ${doing}: ${message}`, { cause });
  }
}
