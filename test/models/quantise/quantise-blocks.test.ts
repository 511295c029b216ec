import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BlockForm } from '../../../src/models/quantise/packed-form.ts';
import { quantiseBlocks } from '../../../src/models/quantise/quantise-blocks.ts';
import { dequantise } from './support/dequantise.ts';

const eightBits: BlockForm = { kind: 'blocks', bits: 8, blockSize: 32, hasZeroPoints: false, isPermuted: false };
const fourBits: BlockForm = { ...eightBits, bits: 4, hasZeroPoints: true };

/** Rows whose last block may be a part of one, and whose blocks differ much in size. */
const rows = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 100 })).chain(([numRows, inputs]) =>
  fc.record({
    numRows: fc.constant(numRows),
    inputs: fc.constant(inputs),
    weights: fc
      .array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: numRows * inputs, maxLength: numRows * inputs })
      .map((values) => Float32Array.from(values, (value, index) => value * 10 ** (Math.floor(index / 32) % 3))),
  }),
);

/** By block: sums of `of` over its numbers. */
function byBlock(inputs: number, weights: Float32Array, of: (index: number) => number): Map<string, number> {
  const sums = new Map<string, number>();
  for (const index of weights.keys()) {
    const block = `${Math.floor(index / inputs)}/${Math.floor((index % inputs) / 32)}`;
    sums.set(block, (sums.get(block) ?? 0) + of(index));
  }
  return sums;
}

describe('weights in blocks', () => {
  it('of 8 bits are off by at most half a step of their own block', () => {
    fc.assert(
      fc.property(rows, ({ numRows, inputs, weights }) => {
        const packed = quantiseBlocks(weights, inputs, eightBits);
        const numbers = dequantise(packed, [numRows, inputs], eightBits);
        const numBlocks = Math.ceil(inputs / 32);
        for (const [index, weight] of weights.entries()) {
          const block = Math.floor(index / inputs) * numBlocks + Math.floor((index % inputs) / 32);
          const start = Math.floor(index / inputs) * inputs + Math.floor((index % inputs) / 32) * 32;
          const inBlock = weights.subarray(start, Math.min(start + 32, (Math.floor(index / inputs) + 1) * inputs));
          const step = Math.max(...inBlock.map(Math.abs)) / 127;
          expect(packed.scales[block]).toBeCloseTo(step, 5);
          expect(Math.abs(weight - numbers[index]!)).toBeLessThanOrEqual(step * 0.5001 + 1e-30);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('of 4 bits are no further off, block by block, than sixteen even steps over the range would be', () => {
    fc.assert(
      fc.property(rows, ({ numRows, inputs, weights }) => {
        const numbers = dequantise(quantiseBlocks(weights, inputs, fourBits), [numRows, inputs], fourBits);
        const errors = byBlock(inputs, weights, (index) => (weights[index]! - numbers[index]!) ** 2);
        for (const [block, error] of errors) {
          const [row, place] = block.split('/').map(Number) as [number, number];
          const start = row * inputs + place * 32;
          const values = [...weights.subarray(start, Math.min(start + 32, (row + 1) * inputs))];
          const scale = (Math.max(0, ...values) - Math.min(0, ...values)) / 15;
          const zero = scale === 0 ? 0 : Math.round(-Math.min(0, ...values) / scale);
          const even = values.map((value) => {
            const level = scale === 0 ? 0 : Math.max(0, Math.min(15, Math.round(value / scale) + zero));
            return (value - (level - zero) * scale) ** 2;
          });
          expect(error).toBeLessThanOrEqual(even.reduce((sum, each) => sum + each, 0) * 1.02 + 1e-9);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keep numbers that sixteen levels can say', () => {
    const weights = Float32Array.from({ length: 64 }, (_, index) => ((index % 16) - 5) * 0.25 * (index < 32 ? 1 : 8));
    const numbers = dequantise(quantiseBlocks(weights, 64, fourBits), [1, 64], fourBits);
    for (const [index, weight] of weights.entries()) expect(numbers[index]).toBeCloseTo(weight, 5);
  });
});
