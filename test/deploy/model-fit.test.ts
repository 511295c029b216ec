import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instanceTypes } from '../../src/deploy/instance-types.ts';
import { describeMisfit, fitByName, fitModel, smallestInstance } from '../../src/deploy/model-fit.ts';

const zephyr = { numParameters: 7.24e9, kvBytesPerToken: 2 * 32 * 8 * 128 * 4, maxPositions: 32_768 };
const llama13b = { numParameters: 13e9 };
const llama70b = { numParameters: 70e9 };

describe('fitting a model', () => {
  it('puts 7B in float16 on one A10G, and 13B on none, however many there are', () => {
    expect(fitByName(zephyr, 'ml.g5.2xlarge')).toMatchObject({ fits: true });
    expect(smallestInstance(zephyr, { hasGpus: true })?.name).toBe('ml.g5.xlarge');
    expect(smallestInstance(llama13b, { hasGpus: true })).toBeUndefined();
    expect(fitByName(llama13b, 'ml.g5.48xlarge', 'int8')).toMatchObject({ fits: true });
  });

  it('counts float32 on CPUs', () => {
    expect(fitByName(zephyr, 'ml.m5.xlarge')).toMatchObject({ fits: false });
    expect(smallestInstance(zephyr, { hasGpus: false })?.name).toBe('ml.m5.2xlarge');
  });

  it('counts a sequence in the cache: half as much in float16', () => {
    const { numParameters } = zephyr;
    const gpu = instanceTypes.find(({ numGpus }) => numGpus > 0)!;
    const cache = fitModel(zephyr, gpu).neededBytes - fitModel({ numParameters }, gpu).neededBytes;
    expect(cache).toBe((zephyr.kvBytesPerToken / 2) * 2048);
  });

  it('does not know a type that the table does not have', () => {
    expect(fitByName(zephyr, 'ml.p9.xlarge')).toBeUndefined();
  });

  it.each([
    [
      zephyr,
      'ml.m5.large',
      undefined,
      "the model's 7.2B parameters need 29.0 GiB in float32, and ml.m5.large has 8.0 GiB; " +
        'the smallest that would do: ml.g5.xlarge, or ml.m5.2xlarge (CPU); or keep ml.m5.large with --quantize int4',
    ],
    [
      llama70b,
      'ml.g5.48xlarge',
      undefined,
      "the model's 70.0B parameters need 131.9 GiB in float16, and ml.g5.48xlarge has 22.4 GiB on each GPU; " +
        'the smallest that would do: ml.m5.24xlarge (CPU)',
    ],
    [
      { numParameters: 1e12 },
      'ml.g5.xlarge',
      'int4',
      "the model's 1000.0B parameters need 598.1 GiB in int4, and ml.g5.xlarge has 22.4 GiB on each GPU; " +
        'no instance type that is known here would do in int4',
    ],
  ])('says what would do where %j does not fit %s', (model, instance, quantize, sentence) => {
    const fit = fitByName(model, instance, quantize)!;
    expect(fit.fits).toBe(false);
    expect(describeMisfit(model, fit, quantize)).toBe(sentence);
  });

  it('never names an instance that the model does not fit', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e6, max: 2e12, noNaN: true }), fc.boolean(), (numParameters, hasGpus) => {
        const smallest = smallestInstance({ numParameters }, { hasGpus });
        if (smallest) expect(fitModel({ numParameters }, smallest).fits).toBe(true);
      }),
    );
  });
});
