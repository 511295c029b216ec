import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MemoryBound } from '../../src/engine/memory/available-memory.ts';
import type { Footprint, MemoryChoice, MemoryPlanOptions } from '../../src/engine/memory/memory-needs.ts';
import { planMemory } from '../../src/engine/memory/memory-plan.ts';
import type { ParlanceError } from '../../src/errors/errors.ts';
import type { Quantisation } from '../../src/models/quantise/quantisation.ts';

const MIB = 2 ** 20;

/** 4000 MiB of weights in float32, 1 MiB a token in the KV cache. */
function footprint({ quantisation, chunkTokens }: MemoryChoice): Footprint {
  const resident = { int8: 1200, int4: 700, w8a8: 1100, float32: 4000 }[quantisation ?? 'float32'] * MIB;
  const scratch = (maxPositions: number) => chunkTokens * (MIB / 4) + maxPositions * 1024;
  return {
    weights: { resident, mapped: 50 * MIB },
    loadingBytes: 10 * MIB,
    kvBytesPerToken: MIB,
    run: (maxPositions) => ({ touched: scratch(maxPositions), allocated: 2 * scratch(maxPositions) }),
  };
}

const bound = (leftMib: number, kind: MemoryBound['kind'] = 'memory'): MemoryBound => ({
  kind,
  name: 'the control group',
  limitBytes: (leftMib + 100) * MIB,
  leftBytes: leftMib * MIB,
});

const options = (choice: Partial<MemoryChoice>, ...bounds: MemoryBound[]): MemoryPlanOptions => ({
  bounds,
  choice: { quantisation: undefined, maxTotalTokens: undefined, chunkTokens: 128, ...choice },
  quantisations: (['int8', 'int4'] as const).filter((mode) => mode !== choice.quantisation),
  footprint,
  modelPositions: 4096,
  numSlots: 80,
});

function refusalOf(planned: MemoryPlanOptions): ParlanceError | undefined {
  try {
    planMemory(planned);
    return undefined;
  } catch (error) {
    return error as ParlanceError;
  }
}

describe('the plan of memory', () => {
  it('gives every slot the positions of the model where memory is plenty, or nobody bounds it', () => {
    expect(planMemory(options({}, bound(20_000)))).toMatchObject({ maxPositions: 4096, numSlots: 80 });
    expect(planMemory(options({}))).toMatchObject({ maxPositions: 4096, numSlots: 80 });
  });

  it('shortens the slots that nobody gave a length to what fits', () => {
    const { maxPositions, numSlots } = planMemory(options({}, bound(5000)));
    expect(maxPositions).toBeGreaterThan(600);
    expect(maxPositions).toBeLessThan(850);
    expect(numSlots).toBe(80);
  });

  it('foresees how many tokens fit in all', () => {
    const { maxPositions, numTokens } = planMemory(options({ maxTotalTokens: 256 }, bound(5000)));
    expect(maxPositions).toBe(256);
    expect(numTokens).toBeGreaterThan(700);
    expect(numTokens).toBeLessThan(850);
    expect(planMemory(options({}, bound(9e6))).numTokens).toBe(80 * 4096);
  });

  it('makes fewer and shorter slots where addresses are short, since those are taken at once', () => {
    const { maxPositions, numSlots } = planMemory(options({}, bound(20_000), bound(6000, 'addresses')));
    expect(numSlots).toBeGreaterThanOrEqual(4);
    expect(numSlots * maxPositions).toBeLessThan(1700);
    expect(planMemory(options({ maxTotalTokens: 1024 }, bound(6000, 'data'))).numSlots).toBe(1);
  });

  it('refuses a longest sequence that does not fit, and names the one that would', () => {
    const refusal = refusalOf(options({ maxTotalTokens: 2000 }, bound(5000)));
    expect(refusal).toMatchObject({ code: 'out_of_memory', param: 'max-total-tokens' });
    expect(refusal!.message).toMatch(/max-total-tokens is 2000.*the control group, 5\.0 GiB, leaves 4\.9 GiB/);
    expect(refusal!.message).toMatch(/this would fit: --max-total-tokens \d+, or --quantize int8$/);
  });

  it('names the quantisation that loses least among those that fit', () => {
    expect(refusalOf(options({}, bound(2000)))!.message).toMatch(/quantize is not set.*would fit: --quantize int8$/);
    expect(refusalOf(options({}, bound(1300)))!.message).toMatch(/would fit: --quantize int4$/);
    expect(refusalOf(options({ quantisation: 'int8' }, bound(1300)))!.message).toMatch(/quantize is int8.*int4$/);
  });

  it('names the chunk of prompts where that is what takes the memory', () => {
    const refusal = refusalOf(options({ chunkTokens: 60_000 }, bound(10_000)));
    expect(refusal!.message).toMatch(/prefill-chunk 60000.*would fit: --prefill-chunk 128$/);
  });

  it('names two settings where none is enough alone', () => {
    expect(refusalOf(options({ maxTotalTokens: 3000 }, bound(1800)))!.message).toMatch(
      /would fit: --quantize int8 --max-total-tokens \d+$/,
    );
  });

  it('says how much memory would do where no setting does', () => {
    const message = refusalOf(options({}, bound(300)))!.message;
    const gib = /no setting would make it fit: give the process (\d\.\d) GiB or more$/.exec(message)?.[1];
    const enough = Number(gib) * 1024 - 100 + 52;
    expect(refusalOf(options({ quantisation: 'int4' }, bound(enough)))).toBeUndefined();
  });

  it('never recommends what would be refused', () => {
    const bounds = fc.record({
      left: fc.integer({ min: 200, max: 9000 }),
      kind: fc.constantFrom('memory' as const, 'addresses' as const, 'data' as const),
    });
    const choices = fc.record({
      quantisation: fc.constantFrom<(Quantisation | undefined)[]>(undefined, 'int8'),
      maxTotalTokens: fc.option(fc.integer({ min: 2, max: 8000 }), { nil: undefined }),
      chunkTokens: fc.constantFrom(128, 512, 30_000),
    });
    fc.assert(
      fc.property(choices, fc.array(bounds, { minLength: 1, maxLength: 3 }), (choice, given) => {
        const limits = given.map(({ left, kind }) => bound(left, kind));
        const flags = /would fit: (.*)$/.exec(refusalOf(options(choice, ...limits))?.message ?? '')?.[1];
        for (const remedy of flags?.split(', or ') ?? []) {
          const value = (flag: string) => new RegExp(`--${flag} (\\S+)`).exec(remedy)?.[1];
          const tokens = value('max-total-tokens');
          const mended: MemoryChoice = {
            quantisation: (value('quantize') ?? choice.quantisation) as Quantisation | undefined,
            maxTotalTokens: tokens === undefined ? choice.maxTotalTokens : Number(tokens),
            chunkTokens: Number(value('prefill-chunk') ?? choice.chunkTokens),
          };
          // A little less is free the next time.
          const shrunk = limits.map((limit) => ({ ...limit, leftBytes: limit.leftBytes * 0.98 }));
          expect([remedy, refusalOf(options(mended, ...shrunk))]).toEqual([remedy, undefined]);
        }
      }),
    );
  });
});
