/** The tokens of a model as a trie over their bytes, laid out in preorder: a node's subtree is the range up to its end. */
export interface Vocabulary {
  /** Size of the logits; ids without a token are never allowed. */
  readonly size: number;
  /** Node n is reached by `bytes[n]` from the node at `depths[n] - 1` above it. The root is not among the nodes. */
  readonly bytes: Uint8Array;
  readonly depths: Uint16Array;
  /** The first node after the subtree of node n. */
  readonly ends: Int32Array;
  /** A token that ends at node n, -1 for none; others of the same bytes follow in `siblings`. */
  readonly tokens: Int32Array;
  /** By token: the next with the same bytes, -1 for none. */
  readonly siblings: Int32Array;
  /** What each token adds to the text; undefined for ids without one, and for control tokens. */
  readonly tokenBytes: readonly (Uint8Array | undefined)[];
  readonly maxDepth: number;
}

/** Enclose the name of a control token: bytes that no UTF-8 has, so a grammar must name such a token to allow it. */
export const CONTROL_START = 0xff;
export const CONTROL_END = 0xfe;

export function controlTokenBytes(content: string): Uint8Array {
  return Uint8Array.from([CONTROL_START, ...new TextEncoder().encode(content), CONTROL_END]);
}

/** @param tokenBytes by id; empty and undefined ones are left out of the trie @param size of the logits */
export function buildVocabulary(tokenBytes: readonly (Uint8Array | undefined)[], size: number): Vocabulary {
  const ids = tokenBytes.flatMap((bytes, id) => (bytes && bytes.length > 0 && id < size ? [id] : []));
  ids.sort((a, b) => Buffer.compare(tokenBytes[a]!, tokenBytes[b]!) || a - b);
  const bytes: number[] = [];
  const depths: number[] = [];
  const tokens: number[] = [];
  const siblings = new Int32Array(size).fill(-1);
  let previous = new Uint8Array(0);
  for (const id of ids) {
    const current = tokenBytes[id]!;
    let common = 0;
    while (common < previous.length && previous[common] === current[common]) common++;
    if (common === current.length && common === previous.length) {
      siblings[id] = tokens.at(-1)!;
      tokens[tokens.length - 1] = id;
      continue;
    }
    for (let depth = common; depth < current.length; depth++) {
      bytes.push(current[depth]!);
      depths.push(depth);
      tokens.push(-1);
    }
    tokens[tokens.length - 1] = id;
    previous = Uint8Array.from(current);
  }
  return {
    size,
    bytes: Uint8Array.from(bytes),
    depths: Uint16Array.from(depths),
    ends: subtreeEnds(depths),
    tokens: Int32Array.from(tokens),
    siblings,
    tokenBytes,
    maxDepth: depths.reduce((most, depth) => Math.max(most, depth + 1), 0),
  };
}

function subtreeEnds(depths: readonly number[]): Int32Array {
  const ends = new Int32Array(depths.length);
  const open: number[] = [];
  for (const [node, depth] of depths.entries()) {
    while (open.length > depth) ends[open.pop()!] = node;
    open.push(node);
  }
  for (const node of open) ends[node] = depths.length;
  return ends;
}
