import { loadLibrary } from '../system/native-library.ts';

/** Of glibc's and musl's `fenv_t`: where the control word lies, and its bits that flush denormals to zero. */
const controlWords: Partial<Record<NodeJS.Architecture, { byteOffset: number; flushBits: number }>> = {
  x64: { byteOffset: 28, flushBits: 0x8040 },
  arm64: { byteOffset: 0, flushBits: 1 << 24 },
};
const maxEnvironmentBytes = 64;

const loadFunctions = () => {
  const process = loadLibrary(null);
  return {
    fegetenv: process.func('fegetenv', 'int', ['void *']),
    fesetenv: process.func('fesetenv', 'int', ['void *']),
  };
};
let functions: ReturnType<typeof loadFunctions> | undefined;

/** Calls a function whose arithmetic reads and writes denormals as zeros, and leaves the thread's arithmetic as it was.
 * ONNX Runtime sets that flag in the thread that makes a session and leaves it set; JavaScript's numbers need it clear. */
export function flushingDenormals<T>(call: () => T): T {
  const controlWord = controlWords[process.arch];
  if (process.platform !== 'linux' || controlWord === undefined) return call();
  functions ??= loadFunctions();
  const before = new DataView(new ArrayBuffer(maxEnvironmentBytes));
  functions.fegetenv(before);
  const during = new DataView(before.buffer.slice(0));
  const { byteOffset, flushBits } = controlWord;
  during.setUint32(byteOffset, during.getUint32(byteOffset, true) | flushBits, true);
  functions.fesetenv(during);
  try {
    return call();
  } finally {
    functions.fesetenv(before);
  }
}
