import { loadLibrary } from './native-library.ts';

const arenaMax = -8;
const numArenas = 2;

/** Has glibc's malloc make do with two arenas from here on, instead of setting 64 MiB of addresses aside for each thread:
 * for processes whose address space is limited. Other C libraries have no such arenas. */
export function limitMallocArenas(): void {
  if (process.platform !== 'linux') return;
  try {
    loadLibrary(null).func('int mallopt(int, int)')(arenaMax, numArenas);
  } catch {
    // musl, which has no mallopt.
  }
}
