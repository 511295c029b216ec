import { InvalidArgumentError, Option } from 'commander';

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const minIntervalMs = 100;

/** Reads `90s`, `10m`, `2h` or `1d`; a number alone is seconds. @returns milliseconds */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text.trim());
  if (!match) throw new InvalidArgumentError('Expected such as 90s, 10m, 2h or 1d.');
  return Number(match[1]) * unitMs[match[2] ?? 's']!;
}

/** Reads how long to wait before AWS is asked again. @returns milliseconds */
function parseInterval(text: string): number {
  const ms = parseDuration(text);
  if (ms >= minIntervalMs && ms <= unitMs.d!) return ms;
  throw new InvalidArgumentError('Expected from 0.1s to 1d.');
}

/** An option that takes a duration. @param standard what holds where it is not given, as the help says it */
export function durationOption(flags: string, description: string, standard: string): Option {
  return new Option(flags, description).argParser(parseDuration).default(parseDuration(standard), standard);
}

/** The option --interval. @param what the time is between */
export function intervalOption(what: string, standard: string): Option {
  const option = new Option('--interval <duration>', `time between two looks${what}`);
  return option.argParser(parseInterval).default(parseInterval(standard), standard);
}
