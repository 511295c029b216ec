import { fileURLToPath } from 'node:url';

/** The built file of a worker: worker threads run JavaScript, whether the caller was built or runs from source.
 * @param path below `dist`, without extension, such as `engine/worker` */
export function workerEntry(path: string): string {
  return fileURLToPath(new URL(`../../dist/${path}.js`, import.meta.url));
}
