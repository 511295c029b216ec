import { describe, expect, it } from '@jest/globals';
import type { BlockForm } from '../../../src/models/quantise/packed-form.ts';
import { repackIntegers } from '../../../src/models/quantise/repack-integers.ts';
import { dequantise } from './support/dequantise.ts';
import { drawLayer, type IntegerOptions } from './support/store-as-integers.ts';

const [outputs, inputs] = [16, 96];
const weight = { name: 'w', outputs, inputs, isHead: false };

describe('levels of GPTQ and AWQ', () => {
  const layouts: IntegerOptions[] = [
    { kind: 'gptq', bits: 4, groupSize: 32, isActOrder: false },
    { kind: 'gptq', bits: 4, groupSize: 32, isActOrder: true, isV2: true },
    { kind: 'gptq', bits: 3, groupSize: 32, isActOrder: true },
    { kind: 'gptq', bits: 8, groupSize: 32, isActOrder: false },
    { kind: 'awq', bits: 4, groupSize: 32, isActOrder: false },
  ];

  it.each(layouts)('stand for the same numbers once they are repacked: %j', (options) => {
    const { kind, bits, groupSize, isActOrder, isV2 = false } = options;
    const { weights, tensors } = drawLayer([outputs, inputs], options, Math.random);
    const words = {
      levels: Uint32Array.from(tensors.qweight.data),
      zeroPoints: Uint32Array.from(tensors.qzeros.data),
      scales: Float32Array.from(tensors.scales.data),
      ...(tensors.g_idx && { groups: Int32Array.from(tensors.g_idx.data) }),
    };
    const form: BlockForm = {
      kind: 'blocks',
      bits: bits === 8 ? 8 : 4,
      blockSize: 32,
      hasZeroPoints: true,
      isPermuted: isActOrder,
    };
    const zeroOffset = kind === 'awq' || isV2 ? 0 : 1;
    const packed = repackIntegers(words, weight, { layout: { kind, bits, groupSize, isActOrder, zeroOffset }, form });
    const places = dequantise(packed, [outputs, inputs], form);
    const order = isActOrder ? [...packed.order].map(Number) : Array.from({ length: inputs }, (_, input) => input);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: inputs }, (_, input) => input));
    for (let output = 0; output < outputs; output++)
      for (const [place, input] of order.entries())
        expect(places[output * inputs + place]).toBe(weights[output * inputs + input]);
  });

  it('are refused where their groups contradict the configuration', () => {
    const options = { kind: 'gptq', bits: 4, groupSize: 32, isActOrder: true } as const;
    const { tensors } = drawLayer([outputs, inputs], options, Math.random);
    const words = {
      levels: Uint32Array.from(tensors.qweight.data),
      zeroPoints: Uint32Array.from(tensors.qzeros.data),
      scales: Float32Array.from(tensors.scales.data),
    };
    const form = { kind: 'blocks', bits: 4, blockSize: 32, hasZeroPoints: true, isPermuted: true } as const;
    const repack = (groups: Int32Array, isActOrder: boolean) =>
      repackIntegers({ ...words, groups }, weight, { layout: { ...options, isActOrder, zeroOffset: 1 }, form });
    const shuffled = Int32Array.from({ length: inputs }, (_, input) => input % 3);
    expect(() => repack(shuffled, false)).toThrow(
      'w: its g_idx is not in order, though quantization_config.desc_act is false',
    );
    expect(() => repack(new Int32Array(inputs), true)).toThrow('w: its g_idx puts other than 32 inputs into group 1');
  });
});
