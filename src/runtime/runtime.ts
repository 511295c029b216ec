/** Where a graph is computed. */
export type ExecutionProvider = 'cpu' | 'cuda' | 'webgpu';

export type ElementType = 'float32' | 'float16' | 'bfloat16' | 'int64' | 'int32' | 'int8' | 'uint8' | 'bool';

/** Host arrays by element type; float16 and bfloat16 are raw 16-bit words. */
export interface HostArrays {
  float32: Float32Array;
  float16: Uint16Array;
  bfloat16: Uint16Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int8: Int8Array;
  uint8: Uint8Array;
  bool: Uint8Array;
}

/** A typed, shaped view of memory that a session can be bound to. */
export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  dispose(): void;
}

/** A tensor in host memory; `data` is that memory, read and written in place. */
export interface HostTensor<T extends ElementType = ElementType> extends Tensor {
  readonly type: T;
  readonly data: HostArrays[T];
}

/** A block of the execution provider's memory that tensors are laid over, such as a KV cache.
 * It is address space: pages cost memory once they are written, and read as zeros (never NaN) before. */
export interface MemoryBlock {
  readonly byteLength: number;
  /** A view of `shape` that begins at `byteOffset`; views may overlap. */
  tensor(type: ElementType, shape: readonly number[], byteOffset: number): Tensor;
  copy(fromByteOffset: number, toByteOffset: number, numBytes: number): void;
  /** Gives the whole pages inside the range back; their content is lost. */
  discard(byteOffset: number, numBytes: number): void;
  dispose(): void;
}

/** A session's inputs and outputs, bound once and run many times. Bound tensors must outlive their binding. */
export interface Binding {
  bindInput(name: string, tensor: Tensor): void;
  bindOutput(name: string, tensor: Tensor): void;
  /** Runs the graph; outputs are complete in the tensors bound to them when this resolves. @throws runtime */
  run(): Promise<void>;
  dispose(): void;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  createBinding(): Binding;
  dispose(): void;
}

export interface SessionOptions {
  /** Threads inside an operator. */
  numThreads?: number;
  /** Whether idle threads wait for work on the core; right where the cores are ours alone. @default ONNX Runtime's */
  allowSpinning?: boolean;
  /** ONNX Runtime session configuration entries, such as `session.disable_prepacking`. */
  configEntries?: Readonly<Record<string, string>>;
}

/** ONNX Runtime as the models use it: two implementations, the C API and onnxruntime-node's public API. */
export interface Runtime {
  readonly kind: 'c-api' | 'node';
  /** ONNX Runtime's version. */
  readonly version: string;
  readonly executionProvider: ExecutionProvider;
  /** @param model a serialised ModelProto; locations of external data are absolute paths without the leading `/`.
   * @throws runtime */
  createSession(model: Uint8Array, options?: SessionOptions): Promise<Session>;
  /** @param data the array to lay the tensor over; new zeros where it is left out */
  hostTensor<T extends ElementType>(type: T, shape: readonly number[], data?: HostArrays[T]): HostTensor<T>;
  reserve(byteLength: number): MemoryBlock;
  dispose(): void;
}
