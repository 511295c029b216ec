import { describe, expect, it } from '@jest/globals';
import { instanceTypes } from '../../src/deploy/instance-types.ts';
import { describeCost, estimateCost, prices } from '../../src/deploy/prices.ts';

describe('the table of prices', () => {
  it('has a price for every instance type that is known', () => {
    expect(Object.keys(prices.perHour).sort()).toEqual(instanceTypes.map(({ name }) => name).sort());
  });

  it('charges more for the larger of two types with as many GPUs', () => {
    for (const { name, numVcpus, numGpus } of instanceTypes) {
      const family = name.split('.')[1];
      const larger = instanceTypes.filter(
        (type) => type.name.split('.')[1] === family && type.numVcpus > numVcpus && type.numGpus === numGpus,
      );
      const perHour = estimateCost(name, { least: 1, most: 1 })!.perHour;
      for (const type of larger)
        expect(estimateCost(type.name, { least: 1, most: 1 })!.perHour).toBeGreaterThan(perHour);
    }
  });
});

describe('an estimate', () => {
  it('is the price of an hour, 730 times, for each instance', () => {
    expect(estimateCost('ml.g5.2xlarge', { least: 0, most: 2 })!.perMonth).toEqual({ least: 0, most: 1.515 * 2 * 730 });
  });

  it('says in one line what it comes to, and of when and where the prices are', () => {
    const estimate = estimateCost('ml.g5.2xlarge', { least: 1, most: 1 });
    expect(describeCost('ml.g5.2xlarge', estimate)).toBe(
      `Cost: about $1,106 a month (730 h at $1.515 for each ml.g5.2xlarge), by prices for us-east-1 of ${prices.date}; an estimate of the instances alone`,
    );
  });

  it('says so where no price is known', () => {
    expect(describeCost('ml.p9.huge', estimateCost('ml.p9.huge', { least: 1, most: 1 }))).toContain(
      'no price is known',
    );
  });
});
