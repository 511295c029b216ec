const U64 = (1n << 64n) - 1n;

/** A sequence's stream of random numbers: xoshiro128**, its state filled by two outputs of splitmix64.
 * All arithmetic is on 32-bit integers, so a seed gives the same stream on every machine; splitmix64 is a bijection of
 * its 64-bit state, so no two seeds share a stream.
 * @see https://prng.di.unimi.it/xoshiro128starstar.c @see https://prng.di.unimi.it/splitmix64.c */
export class Random {
  readonly #state = new Uint32Array(4);

  /** @param seed u64, exact; larger values wrap */
  constructor(seed: bigint) {
    const first = splitmix64(seed & U64, 1n);
    const second = splitmix64(seed & U64, 2n);
    this.#state.set([Number(first & 0xffffffffn), Number(first >> 32n)], 0);
    this.#state.set([Number(second & 0xffffffffn), Number(second >> 32n)], 2);
  }

  /** @returns a u32 */
  nextUint32(): number {
    const s = this.#state;
    const result = Math.imul(rotateLeft(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotateLeft(s[3]!, 11);
    return result;
  }

  /** @returns a number in [0, 1) with 53 random bits */
  nextFloat(): number {
    const high = this.nextUint32() >>> 5;
    const low = this.nextUint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** The `step`-th output of splitmix64. */
function splitmix64(seed: bigint, step: bigint): bigint {
  let z = (seed + step * 0x9e3779b97f4a7c15n) & U64;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & U64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & U64;
  return z ^ (z >> 31n);
}
