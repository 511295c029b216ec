import { InvalidArgumentError } from 'commander';

export interface NumberRange {
  /** @default number */
  readonly kind?: 'number' | 'integer';
  readonly min?: number;
  /** As min, but not itself in the range. */
  readonly above?: number;
  readonly max?: number;
}

/** Makes what reads the value of an option: a number of this range. */
export function numberIn(range: NumberRange): (text: string) => number {
  const { kind, min = -Infinity, above = -Infinity, max = Infinity } = range;
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    const isOfKind = kind === 'integer' ? Number.isInteger(value) : Number.isFinite(value);
    if (isOfKind && value >= min && value > above && value <= max) return value;
    throw new InvalidArgumentError(`Expected ${describe(range)}.`);
  };
}

function describe({ kind, min, above, max }: NumberRange): string {
  const bounds = [
    ...(min === undefined ? [] : [`from ${min}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(max === undefined ? [] : [`up to ${max}`]),
  ];
  return [kind === 'integer' ? 'an integer' : 'a number', ...bounds].join(' ');
}

export const parseCount = numberIn({ kind: 'integer', min: 0 });
export const parsePositive = numberIn({ kind: 'integer', min: 1 });

/** Reads such as `7.24e9`, `7.24B` or `70b`. */
export function parseParameters(text: string): number {
  const match = /^(\d+(?:\.\d+)?(?:e\d+)?)([KMBT])?$/i.exec(text.trim());
  if (!match) throw new InvalidArgumentError('Expected such as 7.24e9 or 7.24B.');
  const factor = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[match[2]?.toUpperCase() ?? ''] ?? 1;
  return Number(match[1]) * factor;
}
