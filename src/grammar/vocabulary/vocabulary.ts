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
  /** What the tokens add to the text, one after the other: token t from `spellingStarts[t]` to `spellingStarts[t + 1]`. */
  readonly spelling: Uint8Array;
  readonly spellingStarts: Int32Array;
}

/** The bytes of a token; none for ids that are no token. */
export function spellingOf({ spelling, spellingStarts, size }: Vocabulary, token: number): Uint8Array {
  return token >= 0 && token < size ? spelling.subarray(spellingStarts[token], spellingStarts[token + 1]) : NO_BYTES;
}

const NO_BYTES = new Uint8Array(0);

/** Enclose the name of a control token: bytes that no UTF-8 has, so a grammar must name such a token to allow it. */
const CONTROL_START = 0xff;
export const CONTROL_END = 0xfe;

export function controlTokenBytes(content: string): Uint8Array {
  return Uint8Array.from([CONTROL_START, ...new TextEncoder().encode(content), CONTROL_END]);
}

/** @param tokenBytes by id; empty and undefined ones are never allowed @param size of the logits */
export function buildVocabulary(tokenBytes: readonly (Uint8Array | undefined)[], size: number): Vocabulary {
  const spelled = Array.from({ length: size }, (_, id) => tokenBytes[id] ?? NO_BYTES);
  const ids = spelled.flatMap((bytes, id) => (bytes.length > 0 ? [id] : []));
  ids.sort((a, b) => Buffer.compare(spelled[a]!, spelled[b]!) || a - b);
  return { size, ...buildTrie(ids, spelled), ...concatenate(spelled) };
}

function concatenate(spelled: readonly Uint8Array[]): Pick<Vocabulary, 'spelling' | 'spellingStarts'> {
  const spellingStarts = new Int32Array(spelled.length + 1);
  for (const [id, bytes] of spelled.entries()) spellingStarts[id + 1] = spellingStarts[id]! + bytes.length;
  const spelling = new Uint8Array(spellingStarts[spelled.length]!);
  for (const [id, bytes] of spelled.entries()) spelling.set(bytes, spellingStarts[id]!);
  return { spelling, spellingStarts };
}

/** @param ids in the order of their bytes */
function buildTrie(
  ids: readonly number[],
  spelled: readonly Uint8Array[],
): Pick<Vocabulary, 'bytes' | 'depths' | 'ends' | 'tokens' | 'siblings'> {
  const bytes: number[] = [];
  const depths: number[] = [];
  const tokens: number[] = [];
  const siblings = new Int32Array(spelled.length).fill(-1);
  let previous: Uint8Array = NO_BYTES;
  for (const id of ids) {
    const current = spelled[id]!;
    let common = 0;
    while (common < previous.length && previous[common] === current[common]) common++;
    if (common === current.length) {
      siblings[id] = tokens.at(-1)!;
    } else {
      for (let depth = common; depth < current.length; depth++) {
        bytes.push(current[depth]!);
        depths.push(depth);
        tokens.push(-1);
      }
    }
    tokens[tokens.length - 1] = id;
    previous = current;
  }
  return {
    bytes: Uint8Array.from(bytes),
    depths: Uint16Array.from(depths),
    ends: subtreeEnds(depths),
    tokens: Int32Array.from(tokens),
    siblings,
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
