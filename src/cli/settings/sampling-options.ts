import { type Command, InvalidArgumentError, Option } from 'commander';
import { neutralSampling } from '../../engine/sampling/neutral-sampling.ts';
import type { SamplingParameters } from '../../engine/types.ts';
import { numberIn, parsePositive } from './parse-number.ts';

/** What the command line says about a generation. */
export interface SamplingOptions {
  readonly maxNewTokens?: number;
  readonly temperature?: number;
  readonly topK?: number;
  readonly topP?: number;
  readonly repetitionPenalty?: number;
  readonly seed?: bigint;
  readonly stop?: readonly string[];
}

const HEADING = 'Generation:';
const MAX_SEED = 2n ** 64n - 1n;

/** Declares the flags of {@link SamplingOptions} on a command. */
export function addSamplingOptions(command: Command): void {
  const options = [
    new Option('--max-new-tokens <integer>', 'longest answer, in tokens').argParser(parsePositive),
    new Option('--temperature <number>', '0 takes the likeliest token').argParser(numberIn({ min: 0 })),
    new Option('--top-k <integer>', 'draws from the k likeliest tokens').argParser(parsePositive),
    new Option('--top-p <number>', 'draws from the likeliest tokens that reach this probability').argParser(
      numberIn({ above: 0, max: 1 }),
    ),
    new Option('--repetition-penalty <number>', 'above 1 makes repetition less likely').argParser(
      numberIn({ above: 0 }),
    ),
    new Option('--seed <integer>', 'makes the drawing repeatable').argParser(parseSeed),
    new Option('--stop <text>', 'ends the answer where this text appears (may be given several times)').argParser(
      (text: string, previous: readonly string[] = []) => [...previous, text],
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup(HEADING));
}

/** @param defaultTemperature where the command line gives none */
export function samplingParameters(options: SamplingOptions, defaultTemperature: number): SamplingParameters {
  const temperature = options.temperature ?? defaultTemperature;
  return {
    ...neutralSampling,
    doSample: temperature > 0,
    temperature: temperature > 0 ? temperature : 1,
    topK: options.topK ?? 0,
    topP: options.topP ?? 1,
    repetitionPenalty: options.repetitionPenalty ?? 1,
    seed: options.seed,
  };
}

function parseSeed(text: string): bigint {
  if (/^\d{1,20}$/.test(text) && BigInt(text) <= MAX_SEED) return BigInt(text);
  throw new InvalidArgumentError(`Expected an integer from 0 up to ${MAX_SEED}.`);
}
