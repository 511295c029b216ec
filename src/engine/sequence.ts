import type { GenerationRequest } from './types.ts';

export type SequenceFinish = 'length' | 'stop-id';

/** One request on its way through the engine: its tokens, and how many of them the KV cache holds. */
export class Sequence {
  /** The prompt, then what was generated. */
  readonly tokens: number[];
  readonly numPromptTokens: number;
  readonly maxNewTokens: number;
  /** Whether the prompt may start from what a slot holds: prompt log-probabilities need every position computed. */
  readonly reusesPrefix: boolean;
  /** Tokens whose keys and values are in the sequence's slot: the first ones. */
  numComputed = 0;
  readonly #stopIds: ReadonlySet<number>;

  constructor(
    request: Pick<GenerationRequest, 'promptIds' | 'maxNewTokens' | 'stopIds' | 'promptLogprobs'>,
    sharesPrefixes = true,
  ) {
    this.tokens = [...request.promptIds];
    this.numPromptTokens = request.promptIds.length;
    this.maxNewTokens = request.maxNewTokens;
    this.reusesPrefix = sharesPrefixes && !request.promptLogprobs;
    this.#stopIds = new Set(request.stopIds);
  }

  /** Tokens that admission counts: the prompt and all that may be generated. */
  get numReserved(): number {
    return this.numPromptTokens + this.maxNewTokens;
  }

  get numGenerated(): number {
    return this.tokens.length - this.numPromptTokens;
  }

  get isPrefilled(): boolean {
    return this.numComputed >= this.numPromptTokens;
  }

  /** Takes a generated token. @returns why the sequence ends with it, or undefined where it goes on */
  append(id: number): SequenceFinish | undefined {
    this.tokens.push(id);
    if (this.numGenerated >= this.maxNewTokens) return 'length';
    return this.#stopIds.has(id) ? 'stop-id' : undefined;
  }
}
