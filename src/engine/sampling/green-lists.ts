export interface WatermarkOptions {
  /** Share of the vocabulary that is green. */
  readonly gamma: number;
  /** Added to the scores of green tokens. */
  readonly delta: number;
}

const HASH_KEY = 15485863;
const MAX_CACHED_LISTS = 64;

/** The green tokens after each token, as TGI's watermark has them on PyTorch's CPU generator: the first part of
 * `torch.randperm`, seeded by the previous token. A list costs about 3 ms at vocabulary 128k, so the latest are kept.
 * @see https://arxiv.org/abs/2301.10226 */
export class GreenLists {
  readonly delta: number;
  readonly #size: number;
  readonly #vocabSize: number;
  readonly #lists = new Map<number, Uint32Array>();

  constructor(vocabSize: number, options: WatermarkOptions) {
    this.delta = options.delta;
    this.#vocabSize = vocabSize;
    this.#size = Math.trunc(vocabSize * options.gamma);
  }

  /** @returns the green ids in the order of the permutation; shared, not to be changed */
  after(previousId: number): Uint32Array {
    const list = this.#lists.get(previousId) ?? permutationPrefix(this.#vocabSize, this.#size, previousId * HASH_KEY);
    this.#lists.delete(previousId);
    this.#lists.set(previousId, list);
    if (this.#lists.size > MAX_CACHED_LISTS) this.#lists.delete(this.#lists.keys().next().value!);
    return list;
  }
}

function permutationPrefix(vocabSize: number, size: number, seed: number): Uint32Array {
  const nextUint32 = mersenneTwister(seed);
  const ids = Uint32Array.from({ length: vocabSize }, (_, id) => id);
  for (let i = 0; i < Math.min(size, vocabSize - 1); i++) {
    const j = i + (nextUint32() % (vocabSize - i));
    const swapped = ids[i]!;
    ids[i] = ids[j]!;
    ids[j] = swapped;
  }
  return ids.slice(0, size);
}

/** MT19937 as `init_genrand` seeds it.
 * @param seed taken modulo 2^32
 * @see http://www.math.sci.hiroshima-u.ac.jp/m-mat/MT/MT2002/CODES/mt19937ar.c */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(624);
  state[0] = seed;
  for (let i = 1; i < 624; i++) {
    const previous = state[i - 1]! ^ (state[i - 1]! >>> 30);
    state[i] = Math.imul(1812433253, previous) + i;
  }
  let index = 624;
  return () => {
    if (index === 624) {
      for (let i = 0; i < 624; i++) {
        const y = (state[i]! & 0x80000000) | (state[(i + 1) % 624]! & 0x7fffffff);
        state[i] = state[(i + 397) % 624]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
      }
      index = 0;
    }
    let y = state[index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}
