import koffi, { type LibraryHandle } from 'koffi';
import { ParlanceError } from '../errors/errors.ts';

/** An opaque pointer of the C API. */
export type Handle = bigint;

/** Where a function writes the handle that it made. */
export type Out = [Handle | null];

interface ArgumentTypes {
  handle: Handle | null;
  /** A `char *`; copied by the callee. */
  text: string;
  int: number;
  size: number;
  /** Host memory, as an address or as the array that owns it. */
  data: Handle | ArrayBufferView;
  /** `int64_t *`, read during the call. */
  dims: BigInt64Array;
  /** `const char *const *`, read during the call. */
  texts: readonly string[];
  out: Out;
}

interface ResultTypes {
  /** An `OrtStatus *`, null when the call succeeded. */
  status: Handle | null;
  text: string;
  int: number;
  none: undefined;
}

type Signature = readonly [index: number, result: keyof ResultTypes, args: readonly (keyof ArgumentTypes)[]];

/** Positions in `struct OrtApi`, counted in onnxruntime_c_api.h; the table only ever grows at its end. */
const signatures = {
  GetErrorCode: [1, 'int', ['handle']],
  GetErrorMessage: [2, 'text', ['handle']],
  CreateEnv: [3, 'status', ['int', 'text', 'out']],
  CreateSessionFromArray: [8, 'status', ['handle', 'data', 'size', 'handle', 'out']],
  CreateSessionOptions: [10, 'status', ['out']],
  SetSessionExecutionMode: [13, 'status', ['handle', 'int']],
  DisableMemPattern: [17, 'status', ['handle']],
  SetSessionLogSeverityLevel: [22, 'status', ['handle', 'int']],
  SetIntraOpNumThreads: [24, 'status', ['handle', 'int']],
  SessionGetInputCount: [30, 'status', ['handle', 'out']],
  SessionGetOutputCount: [31, 'status', ['handle', 'out']],
  SessionGetInputName: [36, 'status', ['handle', 'size', 'handle', 'out']],
  SessionGetOutputName: [37, 'status', ['handle', 'size', 'handle', 'out']],
  CreateTensorWithDataAsOrtValue: [49, 'status', ['handle', 'data', 'size', 'dims', 'size', 'int', 'out']],
  CreateCpuMemoryInfo: [69, 'status', ['int', 'int', 'out']],
  AllocatorFree: [76, 'status', ['handle', 'handle']],
  GetAllocatorWithDefaultOptions: [78, 'status', ['out']],
  ReleaseEnv: [92, 'none', ['handle']],
  ReleaseStatus: [93, 'none', ['handle']],
  ReleaseMemoryInfo: [94, 'none', ['handle']],
  ReleaseSession: [95, 'none', ['handle']],
  ReleaseValue: [96, 'none', ['handle']],
  ReleaseSessionOptions: [100, 'none', ['handle']],
  AddSessionConfigEntry: [130, 'status', ['handle', 'text', 'text']],
  RunWithBinding: [133, 'status', ['handle', 'handle', 'handle']],
  CreateIoBinding: [134, 'status', ['handle', 'out']],
  ReleaseIoBinding: [135, 'none', ['handle']],
  BindInput: [136, 'status', ['handle', 'text', 'handle']],
  BindOutput: [137, 'status', ['handle', 'text', 'handle']],
  SynchronizeBoundOutputs: [203, 'status', ['handle']],
  SessionOptionsAppendExecutionProvider_CUDA_V2: [204, 'status', ['handle', 'handle']],
  CreateCUDAProviderOptions: [205, 'status', ['out']],
  UpdateCUDAProviderOptions: [206, 'status', ['handle', 'texts', 'texts', 'size']],
  ReleaseCUDAProviderOptions: [208, 'none', ['handle']],
  SessionOptionsAppendExecutionProvider: [216, 'status', ['handle', 'text', 'texts', 'texts', 'size']],
} as const satisfies Record<string, Signature>;

type Arguments<Kinds extends readonly (keyof ArgumentTypes)[]> = { [I in keyof Kinds]: ArgumentTypes[Kinds[I]] };

/** The functions of `struct OrtApi` that this program calls. */
export type Api = {
  readonly [Name in keyof typeof signatures]: (
    ...args: Arguments<(typeof signatures)[Name][2]>
  ) => ResultTypes[(typeof signatures)[Name][1]];
};

const apiVersion = 23;

export interface VersionedApi {
  /** Of the library, such as `1.30.0`. */
  readonly version: string;
  readonly api: Api;
}

/** Reads the function table out of the library.
 * @throws runtime when the library has no table of the version in use */
export function loadApi(library: LibraryHandle): VersionedApi {
  const base = library.func('OrtGetApiBase', 'void *', [])();
  const getVersion = functionAt(base, 1, 'const char *', []);
  const version = String(getVersion());
  const table = functionAt(base, 0, 'void *', ['uint32_t'])(apiVersion);
  if (table === null)
    throw new ParlanceError('runtime', `ONNX Runtime ${version} has no API version ${apiVersion}: install another`);
  const types = argumentTypes();
  const entries = Object.entries<Signature>(signatures).map(([name, [index, result, args]]) => [
    name,
    functionAt(
      table,
      index,
      resultTypes[result],
      args.map((kind) => types[kind]),
    ),
  ]);
  return { version, api: Object.fromEntries(entries) };
}

const resultTypes = { status: 'void *', text: 'const char *', int: 'int', none: 'void' } as const;

/** Types without names: koffi refuses a name's second definition, and its registry outlives a module that is loaded again. */
function argumentTypes() {
  return {
    handle: 'void *',
    text: 'const char *',
    int: 'int',
    size: 'size_t',
    data: 'void *',
    dims: 'void *',
    texts: 'const char **',
    out: koffi.out(koffi.pointer('void *')),
  } as const satisfies Record<keyof ArgumentTypes, unknown>;
}

type CType = Parameters<typeof koffi.sizeof>[0];

function functionAt(table: unknown, index: number, result: CType, args: CType[]) {
  const pointer = koffi.decode(table, index * koffi.sizeof('void *'), 'void *');
  return koffi.decode(pointer, koffi.proto(result, args));
}
