import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import koffi, { type LibraryHandle } from 'koffi';
import { ParlanceError } from '../errors/errors.ts';

const require = createRequire(import.meta.url);

/** The version of ONNX Runtime that this program was tested with. */
export const pinnedVersion = '1.30.0';

/** ONNX Runtime's recursion outgrows koffi's default stacks while it compiles shaders and builds sessions. */
const stackSize = 8 << 20;

const fileNames: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'libonnxruntime.so.1',
  darwin: `libonnxruntime.${pinnedVersion}.dylib`,
  win32: 'onnxruntime.dll',
};

/** koffi closes a library when its handle is collected, and functions that were taken from a table by address keep no
 * handle: without these, the library goes while it runs. */
const handles = new Map<string | null, LibraryHandle>();

/** Loads the libonnxruntime that the installed onnxruntime-node package carries, for as long as the thread runs.
 * @throws runtime */
export function loadOnnxRuntime(): LibraryHandle {
  const file = bundledLibrary();
  try {
    return loadLibrary(file);
  } catch (cause) {
    throw new ParlanceError('runtime', `ONNX Runtime's library ${file} can't be loaded: ${String(cause)}`, { cause });
  }
}

/** Loads a library, with room on the stack for ONNX Runtime's recursion. @param file null for the process's own symbols */
export function loadLibrary(file: string | null): LibraryHandle {
  growStacks();
  const library = handles.get(file) ?? koffi.load(file);
  handles.set(file, library);
  return library;
}

/** koffi takes settings only until this process loaded its first library; another thread may have set them already. */
function growStacks(): void {
  const { sync_stack_size: sync = 0, async_stack_size: async = 0 } = koffi.config();
  if (sync >= stackSize && async >= stackSize) return;
  koffi.config({ sync_stack_size: stackSize, async_stack_size: stackSize });
}

function bundledLibrary(): string {
  const fileName = fileNames[process.platform];
  const folder = path.join(packageFolder(), 'bin', 'napi-v6', process.platform, process.arch);
  const file = path.join(folder, fileName ?? '');
  if (fileName === undefined || !existsSync(file))
    throw new ParlanceError(
      'runtime',
      `onnxruntime-node carries no library for ${process.platform}/${process.arch}: ${folder} has no ${fileName ?? 'ONNX Runtime'}`,
    );
  return file;
}

function packageFolder(): string {
  return path.dirname(require.resolve('onnxruntime-node/package.json'));
}
