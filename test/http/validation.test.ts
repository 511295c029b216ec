import { describe, expect, it } from '@jest/globals';
import { generateRequestSchema } from '../../src/http/schema/tgi-generate.ts';
import { toTextGeneration } from '../../src/http/validation/validate-parameters.ts';

const limits = {
  http: {
    maxConcurrentRequests: 8,
    maxBestOf: 2,
    maxStopSequences: 4,
    maxTopNTokens: 5,
    maxTopLogprobs: 20,
    maxClientBatchSize: 4,
    maxPayloadBytes: 1000,
  },
  text: { maxInputTokens: 256, maxTotalTokens: 512 },
  prefillLogprobs: true,
  grammarSupport: true,
};

function messageFor(parameters: object, inputs = 'x'): string | undefined {
  try {
    toTextGeneration(generateRequestSchema.parse({ inputs, parameters }), limits);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

/** Each is wrong, in TGI's order of checks, with TGI's message. */
const wrong: readonly (readonly [object, string])[] = [
  [{ temperature: 0 }, '`temperature` must be strictly positive'],
  [{ repetition_penalty: 0 }, '`repetition_penalty` must be strictly positive'],
  [{ frequency_penalty: 2.1 }, '`frequency_penalty` must be >= -2.0 and <= 2.0'],
  [{ top_p: 1.5 }, '`top_p` must be > 0.0 and < 1.0'],
  [{ typical_p: 0 }, '`typical_p` must be > 0.0 and < 1.0'],
  [{ top_k: 0 }, '`top_k` must be strictly positive'],
  [{ max_new_tokens: 0 }, '`max_new_tokens` must be strictly positive'],
  [{ stop: ['a', 'b', 'c', 'd', 'e'] }, '`stop` supports up to 4 stop sequences. Given: 5'],
  [{ top_n_tokens: 6 }, '`top_n_tokens` must be >= 0 and <= 5. Given: 6'],
  [{ truncate: 257 }, '`truncate` must be strictly positive and less than 256. Given: 257'],
];

describe('validation of parameters', () => {
  it.each(wrong)('refuses %j', (parameters, message) => {
    expect(messageFor(parameters)).toBe(message);
  });

  it('tells the first mistake in the order of TGI, whatever else is wrong', () => {
    for (let i = 0; i < wrong.length; i++) {
      const rest = Object.assign({}, ...wrong.slice(i).map(([parameters]) => parameters));
      expect(messageFor(rest)).toBe(wrong[i]![1]);
    }
  });

  it('holds best_of to sampling without a seed', () => {
    expect(messageFor({ best_of: 2 })).toBe('you must use sampling when `best_of` is > 1');
    expect(messageFor({ best_of: 2, do_sample: true, seed: 1 })).toBe('`seed` must not be set when `best_of` > 1');
    expect(messageFor({ best_of: 2, temperature: 0.5 })).toBeUndefined();
  });

  it('refuses an empty prompt after the parameters', () => {
    expect(messageFor({}, '')).toBe('`inputs` cannot be empty');
    expect(messageFor({ top_n_tokens: 9 }, '')).toContain('top_n_tokens');
  });

  it('takes top_p and typical_p of 1 as off', () => {
    expect(messageFor({ top_p: 1, typical_p: 1 })).toBeUndefined();
  });
});
