import { optionalSpace } from '../automaton/json-text.ts';
import type { Alternative } from './alternative.ts';
import type { ValueRules } from './value-rules.ts';

/** A list with a bound is spelled out item by item; a bound above this is taken as this where minItems allows. */
const MAX_SPELLED_OUT = 1_000;

/** Adds `[`, the items, `]`. @returns the state after it */
export function addArray(rules: ValueRules, alternative: Alternative, start: number): number {
  const { builder } = rules;
  const { minItems, items } = alternative;
  const maxItems = largestLength(alternative);
  if (minItems > maxItems) rules.contradict(`minItems ${minItems} is above what maxItems or items allow (${maxItems})`);
  const numPrefix = Math.max(0, ...items.map(({ prefix }) => prefix.length));
  const itemRule = (index: number) => rules.rule(items.map(({ prefix, rest }) => prefix[index] ?? rest ?? true));
  const numSpelledOut = maxItems === Infinity ? Math.max(numPrefix, minItems, 1) : maxItems;

  const beforeClose = builder.state();
  const end = builder.text(optionalSpace(builder, beforeClose), ']');
  let beforeItem = optionalSpace(builder, builder.text(start, '['));
  if (minItems === 0) builder.silent(beforeItem, beforeClose);
  let rule = -1;
  for (let index = 0; index < numSpelledOut; index++) {
    if (index <= numPrefix) rule = itemRule(index);
    const afterItem = builder.state();
    builder.call(beforeItem, rule, afterItem);
    if (index + 1 >= minItems) builder.silent(afterItem, beforeClose);
    const isLast = index + 1 === numSpelledOut;
    if (isLast && maxItems < Infinity) break;
    beforeItem = optionalSpace(builder, builder.text(afterItem, ','));
    if (isLast) builder.call(beforeItem, itemRule(numPrefix), afterItem);
  }
  return end;
}

/** Items beyond a prefix are made only where `items` or `minItems` ask for them. */
function largestLength({ items, minItems, maxItems }: Alternative): number {
  const isClosed = items.length > 0 && items.every(({ rest }) => rest === undefined);
  const numPrefix = Math.max(0, ...items.map(({ prefix }) => prefix.length));
  const largest = isClosed ? Math.min(maxItems, Math.max(numPrefix, minItems)) : maxItems;
  return largest === Infinity ? Infinity : Math.min(largest, Math.max(minItems, MAX_SPELLED_OUT));
}
