import type { Finish, Start } from '../../generation/run-generation.ts';

/** Sums usage over the choices of an answer; a prompt with several choices counts once. */
export class UsageCounter {
  readonly #promptTokens = new Map<number, { total: number; cached: number }>();
  #completionTokens = 0;

  /** @param prompt which of the request's prompts this is */
  addStart(prompt: number, { promptIds, numCachedTokens }: Start): void {
    if (!this.#promptTokens.has(prompt))
      this.#promptTokens.set(prompt, { total: promptIds.length, cached: numCachedTokens });
  }

  addFinish({ numGeneratedTokens }: Finish): void {
    this.#completionTokens += numGeneratedTokens;
  }

  toUsage() {
    const prompts = [...this.#promptTokens.values()];
    const promptTokens = prompts.reduce((sum, { total }) => sum + total, 0);
    const cachedTokens = prompts.reduce((sum, { cached }) => sum + cached, 0);
    return {
      prompt_tokens: promptTokens,
      completion_tokens: this.#completionTokens,
      total_tokens: promptTokens + this.#completionTokens,
      prompt_tokens_details: { cached_tokens: cachedTokens },
    };
  }
}
