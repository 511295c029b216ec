import { readFileSync } from 'node:fs';

export interface SamplingCase {
  readonly id: number;
  readonly params: Readonly<Record<string, number>> & { readonly watermark?: { gamma?: number; delta?: number } };
  readonly logits: string;
  readonly context_ids: readonly number[];
  readonly kept: number;
  readonly argmax: number;
  readonly logprobs?: string;
  readonly kept_ids?: readonly number[];
  readonly kept_logprobs?: readonly number[];
}

export interface GreenListGolden {
  readonly vocab: number;
  readonly prev_token: number;
  readonly first_in_order: readonly number[];
  readonly size: number;
  readonly sha256_sorted: string;
}

export const samplingGoldens: { cases: SamplingCase[]; watermark_greenlists: GreenListGolden[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/sampling.json', import.meta.url), 'utf8'),
);

/** @param base64 little-endian float32 */
export function decodeFloats(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

/** Log-probabilities of the tokens that survive. */
export function keptLogprobs(golden: SamplingCase): Map<number, number> {
  const ids = golden.kept_ids ?? [...decodeFloats(golden.logprobs!).keys()];
  const logprobs = golden.kept_logprobs ?? decodeFloats(golden.logprobs!);
  return new Map(ids.map((id, i) => [id, logprobs[i]!] as const).filter(([, l]) => l !== Number.NEGATIVE_INFINITY));
}
