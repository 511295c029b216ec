import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** The calling thread's number in the kernel, which names it under /proc; undefined where there is no /proc. */
export function kernelThreadId(): number | undefined {
  try {
    return Number(basename(readlinkSync('/proc/thread-self')));
  } catch {
    return undefined;
  }
}

/** Milliseconds of processor that a thread of this process has had; undefined where the kernel does not say. */
export function processorMs(kernelThread: number | undefined): number | undefined {
  if (kernelThread === undefined) return undefined;
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${kernelThread}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return undefined;
  }
}
