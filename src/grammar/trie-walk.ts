import type { StackMachine, StackSet } from './stack-set.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Follows the trie from a set of stacks along every token that the stacks take.
 * @param node the node whose subtree is walked, -1 for the whole trie; `set` holds after it
 * @param visit called at each node that is reached, with the stacks there */
export function walkTrie(
  machine: StackMachine,
  vocabulary: Vocabulary,
  set: StackSet,
  node: number,
  visit: (node: number, set: StackSet) => void,
): void {
  const { bytes, depths, ends } = vocabulary;
  const firstDepth = node < 0 ? 0 : depths[node]! + 1;
  const end = node < 0 ? bytes.length : ends[node]!;
  const path: StackSet[] = [set];
  for (let at = node + 1; at < end; ) {
    const depth = depths[at]! - firstDepth;
    const next = machine.step(path[depth]!, bytes[at]!);
    if (next === null) {
      at = ends[at]!;
      continue;
    }
    visit(at, next);
    path[depth + 1] = next;
    at++;
  }
}
