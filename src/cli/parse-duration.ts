import { InvalidArgumentError } from 'commander';

const unitMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `90s`, `10m`, `2h` or `1d`; a number alone is seconds. @returns milliseconds */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([smhd])?$/.exec(text.trim());
  if (!match) throw new InvalidArgumentError('Expected such as 90s, 10m, 2h or 1d.');
  return Number(match[1]) * unitMs[match[2] ?? 's']!;
}

/** Reads a whole number that is not negative. */
export function parseCount(text: string): number {
  if (!/^\d+$/.test(text.trim())) throw new InvalidArgumentError('Expected a whole number from 0 on.');
  return Number(text);
}

/** Reads such as `7.24e9`, `7.24B` or `70b`. */
export function parseParameters(text: string): number {
  const match = /^(\d+(?:\.\d+)?(?:e\d+)?)([KMBT])?$/i.exec(text.trim());
  if (!match) throw new InvalidArgumentError('Expected such as 7.24e9 or 7.24B.');
  const factor = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[match[2]?.toUpperCase() ?? ''] ?? 1;
  return Number(match[1]) * factor;
}
