import { ParlanceError } from '../../errors/errors.ts';
import type { MemoryBound } from './available-memory.ts';
import { inUnits } from './memory-budget.ts';
import {
  type Footprint,
  fits,
  longest,
  type MemoryChoice,
  type MemoryPlanOptions,
  minTokens,
  needed,
} from './memory-needs.ts';

const SMALL_CHUNK_TOKENS = 128;
/** What is recommended leaves this much of what is free now, which will not be quite the same then. */
const SLACK = 0.03;
const STEP_TOKENS = 64;

/** Says why a model can't be loaded, and with which values of its settings it can. */
export function refusal(options: MemoryPlanOptions): ParlanceError {
  const { choice, footprint } = options;
  const numTokens = minTokens(options, choice);
  const taken = footprint(choice);
  const bound = worstBound(options, taken, numTokens);
  const run = taken.run(numTokens);
  const parts = [
    `${inUnits(taken.weights.resident)} of weights (${asked('quantize', choice.quantisation, 'computed in float32')})`,
    `${inUnits(run.touched)} of working memory (prefill-chunk ${choice.chunkTokens})`,
    `${inUnits(numTokens * taken.kvBytesPerToken)} of KV cache for ${numTokens} tokens (${asked('max-total-tokens', choice.maxTotalTokens, 'the least to start with')})`,
  ];
  const remedies = listRemedies(options);
  const advice =
    remedies.length > 0
      ? `this would fit: ${remedies.map(({ flags }) => flags).join(', or ')}`
      : `no setting would make it fit: give the process ${inUnits(leastNeeded(options, bound))} or more`;
  return new ParlanceError(
    'out_of_memory',
    `the model doesn't fit, and none of its weights were read. It takes ${inUnits(needed(bound.kind, taken, numTokens, 1))}: ${parts.join(', ')}, and what the process itself needs; ${bound.name}, ${inUnits(bound.limitBytes)}, leaves ${inUnits(bound.leftBytes)}; ${advice}`,
    { param: remedies[0]?.param ?? 'quantize' },
  );
}

function asked(setting: string, value: string | number | undefined, otherwise: string): string {
  return value === undefined ? `${setting} is not set: ${otherwise}` : `${setting} is ${value}`;
}

/** The bound that lacks most. */
function worstBound({ bounds }: MemoryPlanOptions, taken: Footprint, numTokens: number): MemoryBound {
  const lacking = (bound: MemoryBound) => needed(bound.kind, taken, numTokens, 1) - bound.leftBytes;
  return [...bounds].sort((a, b) => lacking(b) - lacking(a))[0]!;
}

interface Remedy {
  readonly param: string;
  readonly flags: string;
  readonly choice: MemoryChoice;
}

/** Changes of one setting that make a model fit; where there are none, changes of two. */
function listRemedies(options: MemoryPlanOptions): Remedy[] {
  const { choice, quantisations } = options;
  const cautious = {
    ...options,
    bounds: options.bounds.map((bound) => ({ ...bound, leftBytes: bound.leftBytes * (1 - SLACK) })),
  };
  const shorter = shorten(cautious, { param: 'max-total-tokens', flags: '', choice });
  const smaller = quantisations.map((quantisation) => ({
    param: 'quantize',
    flags: `--quantize ${quantisation}`,
    choice: { ...choice, quantisation },
  }));
  const chunks = {
    param: 'prefill-chunk',
    flags: `--prefill-chunk ${SMALL_CHUNK_TOKENS}`,
    choice: { ...choice, chunkTokens: SMALL_CHUNK_TOKENS },
  };
  const works = (remedy: Remedy) => {
    const length = remedy.choice.maxTotalTokens ?? longest(cautious, remedy.choice, options.modelPositions);
    return fits(cautious, remedy.choice, length, minTokens(options, remedy.choice));
  };
  const single = [
    ...(shorter ? [shorter] : []),
    ...(choice.chunkTokens > SMALL_CHUNK_TOKENS ? [chunks] : []).filter(works),
    ...smaller.filter(works).slice(0, 1),
  ];
  if (single.length > 0) return single;
  const both = smaller.map((remedy) => shorten(cautious, remedy)).find((remedy) => remedy !== undefined);
  return both ? [both] : [];
}

/** Adds the longest max-total-tokens that fits to a remedy, unless that is too short to be of use. */
function shorten(options: MemoryPlanOptions, { param, flags, choice }: Remedy): Remedy | undefined {
  const { maxTotalTokens } = choice;
  if (maxTotalTokens === undefined) return undefined;
  const unset = { ...choice, maxTotalTokens: undefined };
  const length = longest({ ...options, numSlots: 1 }, choice, maxTotalTokens - 1);
  const rounded = length > STEP_TOKENS ? length - (length % STEP_TOKENS) : length;
  if (rounded < minTokens(options, unset)) return undefined;
  return {
    param,
    flags: `${flags} --max-total-tokens ${rounded}`.trim(),
    choice: { ...choice, maxTotalTokens: rounded },
  };
}

/** The limit under which the smallest choice would fit. */
function leastNeeded(
  { choice, quantisations, footprint, modelPositions }: MemoryPlanOptions,
  bound: MemoryBound,
): number {
  const numTokens = minTokens({ modelPositions }, { maxTotalTokens: undefined });
  const sizes = [choice.quantisation, ...quantisations].map((quantisation) => {
    const smallest = {
      quantisation,
      maxTotalTokens: numTokens,
      chunkTokens: Math.min(choice.chunkTokens, SMALL_CHUNK_TOKENS),
    };
    return needed(bound.kind, footprint(smallest), numTokens, 1);
  });
  return Math.min(...sizes) / (1 - SLACK) + (bound.limitBytes - bound.leftBytes);
}
