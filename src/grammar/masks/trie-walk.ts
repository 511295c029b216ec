import type { StackMachine, StackSet } from '../automaton/stack-set.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';

/** Nodes of the trie by the byte that leads to them: many places from which the same stacks go on are tried at once. */
export type NodesByByte = ReadonlyMap<number, readonly number[]>;

/** The nodes right below some nodes, by their bytes. */
export function childrenOf(vocabulary: Vocabulary, nodes: readonly number[]): NodesByByte {
  const { bytes, ends } = vocabulary;
  const children = new Map<number, number[]>();
  for (const node of nodes) {
    for (let child = node + 1; child < ends[node]!; child = ends[child]!) {
      const sameByte = children.get(bytes[child]!);
      if (sameByte) sameByte.push(child);
      else children.set(bytes[child]!, [child]);
    }
  }
  return children;
}

/** Follows the trie along every token that a set of stacks takes, from its root.
 * @param visit called at each node that is reached, with the stacks there */
export function walkTrie(
  machine: StackMachine,
  vocabulary: Vocabulary,
  set: StackSet,
  visit: (node: number, set: StackSet) => void,
): void {
  walkRange(machine, vocabulary, set, { start: 0, end: vocabulary.bytes.length, depth: 0 }, visit);
}

/** Follows the subtrees of nodes that a set of stacks is about to enter. */
export function walkFrom(
  machine: StackMachine,
  vocabulary: Vocabulary,
  set: StackSet,
  nodes: NodesByByte,
  visit: (node: number, set: StackSet) => void,
): void {
  const { ends, depths } = vocabulary;
  for (const [byte, entries] of nodes) {
    const next = machine.step(set, byte);
    if (next === null) continue;
    for (const node of entries) {
      visit(node, next);
      const range = { start: node + 1, end: ends[node]!, depth: depths[node]! + 1 };
      if (range.start < range.end) walkRange(machine, vocabulary, next, range, visit);
    }
  }
}

/** @param range nodes whose least deep ones, at `depth`, are entered with the set */
function walkRange(
  machine: StackMachine,
  { bytes, depths, ends }: Vocabulary,
  set: StackSet,
  range: { readonly start: number; readonly end: number; readonly depth: number },
  visit: (node: number, set: StackSet) => void,
): void {
  const path: StackSet[] = [set];
  for (let node = range.start; node < range.end; ) {
    const depth = depths[node]! - range.depth;
    const next = machine.step(path[depth]!, bytes[node]!);
    if (next === null) {
      node = ends[node]!;
      continue;
    }
    visit(node, next);
    path[depth + 1] = next;
    node++;
  }
}
