import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LibraryHandle } from 'koffi';
import { ParlanceError } from '../errors/errors.ts';
import { loadLibrary } from '../system/native-library.ts';

const require = createRequire(import.meta.url);

/** The version of ONNX Runtime that this program was tested with. */
export const pinnedVersion = '1.30.0';

const fileNames: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'libonnxruntime.so.1',
  darwin: `libonnxruntime.${pinnedVersion}.dylib`,
  win32: 'onnxruntime.dll',
};

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
