import koffi from 'koffi';
import { loadLibrary } from '../system/native-library.ts';
import type { Handle } from './api.ts';
import { allocateBytes, outOfMemory } from './host-memory.ts';

/** Memory outside JavaScript's heap, by address. */
export interface NativeMemory {
  readonly byteLength: number;
  /** Valid until {@link NativeMemory.free}. */
  address(byteOffset: number): Handle;
  copy(fromByteOffset: number, toByteOffset: number, numBytes: number): void;
  discard(byteOffset: number, numBytes: number): void;
  free(): void;
}

/** Reserves address space whose pages cost memory once they are written.
 * Sizes beyond 4 GiB and beyond the machine's memory are usual: the block is never wrapped in one ArrayBuffer.
 * @throws out_of_memory */
export function reserveMemory(byteLength: number): NativeMemory {
  return process.platform === 'linux' ? mapMemory(byteLength) : allocateMemory(byteLength);
}

const readWrite = 0x1 | 0x2;
const privateAnonymousNoReserve = 0x02 | 0x20 | 0x4000;
const mapFailed = 2n ** 64n - 1n;
const dontNeed = 4;
const noHugePage = 15;

const loadMemoryFunctions = () => {
  const process = loadLibrary(null);
  return {
    mmap: process.func('mmap', 'void *', ['void *', 'size_t', 'int', 'int', 'int', 'int64']),
    munmap: process.func('munmap', 'int', ['void *', 'size_t']),
    madvise: process.func('madvise', 'int', ['void *', 'size_t', 'int']),
    memmove: process.func('memmove', 'void *', ['void *', 'void *', 'size_t']),
    getpagesize: process.func('getpagesize', 'int', []),
  };
};
let memoryFunctions: ReturnType<typeof loadMemoryFunctions> | undefined;

function mapMemory(byteLength: number): NativeMemory {
  memoryFunctions ??= loadMemoryFunctions();
  const { mmap, munmap, madvise, memmove, getpagesize } = memoryFunctions;
  const base: Handle = mmap(null, byteLength, readWrite, privateAnonymousNoReserve, -1, 0);
  if (base === mapFailed) throw outOfMemory(byteLength, `errno ${koffi.errno()}`);
  // Where huge pages are always on, the first byte of a head's cache would commit 2 MiB.
  madvise(base, byteLength, noHugePage);
  const pageSize: number = getpagesize();
  const address = (byteOffset: number) => base + BigInt(byteOffset);
  return {
    byteLength,
    address,
    copy(from, to, numBytes) {
      memmove(address(to), address(from), numBytes);
    },
    discard(byteOffset, numBytes) {
      const start = Math.ceil(byteOffset / pageSize) * pageSize;
      const end = Math.floor((byteOffset + numBytes) / pageSize) * pageSize;
      if (end > start) madvise(address(start), end - start, dontNeed);
    },
    free() {
      munmap(base, byteLength);
    },
  };
}

function allocateMemory(byteLength: number): NativeMemory {
  const bytes = allocateBytes(byteLength);
  const base = koffi.address(bytes);
  return {
    byteLength,
    address: (byteOffset) => base + BigInt(byteOffset),
    copy: (from, to, numBytes) => bytes.copyWithin(to, from, from + numBytes),
    discard: (byteOffset, numBytes) => bytes.fill(0, byteOffset, byteOffset + numBytes),
    free() {},
  };
}
