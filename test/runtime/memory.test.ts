import { describe, expect, it } from '@jest/globals';
import koffi from 'koffi';
import { reserveMemory } from '../../src/runtime/memory.ts';

const MiB = 2 ** 20;

describe('reserved memory', () => {
  it('reaches far beyond 4 GiB and beyond the machine, and costs what is written', () => {
    const before = process.memoryUsage.rss();
    const memory = reserveMemory(2 ** 40);
    const far = 2 ** 39 + 12_288;
    write(memory.address(far), Buffer.from('far away'));
    memory.copy(far, 0, 8);
    expect(read(memory.address(0), 8).toString()).toBe('far away');
    expect(process.memoryUsage.rss() - before).toBeLessThan(8 * MiB);
    memory.free();
  });

  it('reads as zeros before it is written', () => {
    const memory = reserveMemory(MiB);
    expect(read(memory.address(MiB - 64), 64).every((byte) => byte === 0)).toBe(true);
    memory.free();
  });

  it('gives the whole pages of a range back, and no byte outside it', () => {
    const memory = reserveMemory(128 * MiB);
    fill(memory.address(0), 128 * MiB);
    const full = process.memoryUsage.rss();
    memory.discard(100, 128 * MiB - 200);
    expect(full - process.memoryUsage.rss()).toBeGreaterThan(120 * MiB);
    expect([byteAt(memory.address(99)), byteAt(memory.address(128 * MiB - 100))]).toEqual([1, 1]);
    expect(byteAt(memory.address(64 * MiB))).toBe(0);
    memory.free();
  });

  it('says how much could not be reserved', () => {
    expect(() => reserveMemory(2 ** 50)).toThrow(
      expect.objectContaining({ code: 'out_of_memory', message: expect.stringContaining('1048576.0 GiB') }),
    );
  });
});

function bytesAt(address: bigint, length: number): Uint8Array {
  return new Uint8Array(koffi.view(address, length));
}

const read = (address: bigint, length: number) => Buffer.from(bytesAt(address, length));
const byteAt = (address: bigint) => bytesAt(address, 1)[0];
const write = (address: bigint, bytes: Uint8Array) => bytesAt(address, bytes.length).set(bytes);
const fill = (address: bigint, length: number) => bytesAt(address, length).fill(1);
