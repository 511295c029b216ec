import { Callable, isEqual, Namespace, orElse, TemplateError, Undefined, type Value } from './values.ts';

/** Makes the `loop` of each turn of a for loop over these items. */
export function loopVariable(items: readonly Value[]): (index: number) => Namespace {
  const { length } = items;
  let watched: readonly Value[] | undefined;
  const changed = new Callable('changed', ({ positional }) => {
    const isSame = watched !== undefined && isEqual(watched, positional);
    watched = positional;
    return !isSame;
  });
  const neighbour = (index: number) => orElse(items[index], new Undefined('there is no such item in the loop'));
  return (index) =>
    new Namespace([
      ['index', index + 1],
      ['index0', index],
      ['revindex', length - index],
      ['revindex0', length - index - 1],
      ['first', index === 0],
      ['last', index === length - 1],
      ['length', length],
      ['previtem', neighbour(index - 1)],
      ['nextitem', neighbour(index + 1)],
      ['cycle', cycle(index)],
      ['changed', changed],
    ]);
}

function cycle(index: number): Callable {
  return new Callable('cycle', ({ positional }) => {
    if (positional.length === 0) throw new TemplateError('no items for cycling given');
    return positional[index % positional.length]!;
  });
}
