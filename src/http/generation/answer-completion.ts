import { ParlanceError } from '../../errors/errors.ts';
import type { TextGenerationRequest } from '../../text/types.ts';
import { createEnvelope } from '../dialects/openai/envelope.ts';
import { openaiSampling } from '../dialects/openai/sampling.ts';
import { openaiTextChunks } from '../dialects/openai/text-chunks.ts';
import { openaiTextCompletion, type PromptGeneration } from '../dialects/openai/text-completion.ts';
import { computeHeaders, countCharacters, streamHeaders } from '../dialects/tgi/compute-headers.ts';
import type { Answer, RequestContext } from '../route.ts';
import type { CompletionRequest } from '../schema/openai-completion.ts';
import { validateLogitBias, validateStop, validateTopN } from '../validation/validate-parameters.ts';
import { collectAll } from './collect-all.ts';
import { meanLogprob } from './collect-generation.ts';
import { mergeStreams } from './merge-streams.ts';
import { runGeneration } from './run-generation.ts';
import { startStream } from './start-stream.ts';

/** One sequence to generate, and the prompt it continues. */
interface Task {
  readonly prompt: number;
  readonly text: string | readonly number[];
  readonly request: TextGenerationRequest;
}

/** Answers a text completion: each prompt `n` times, the best of `best_of`, streamed or whole. */
export async function answerCompletion(request: CompletionRequest, context: RequestContext): Promise<Answer> {
  const { services } = context;
  const n = request.n ?? 1;
  const bestOf = request.best_of ?? n;
  validatePrompts(request, context);
  context.admit(request.prompt.length * bestOf);
  const tasks = completionTasks(request, bestOf, context);
  const envelope = createEnvelope('cmpl', request.model, services);
  const numCharacters = request.prompt.reduce(
    (sum, text) => sum + (typeof text === 'string' ? countCharacters(text) : 0),
    0,
  );
  const options = { hasLogprobs: request.logprobs !== undefined, echo: request.echo };
  if (request.stream) {
    const events = mergeStreams(tasks.map((task) => runGeneration(task.request, context)));
    const includeUsage = request.stream_options?.include_usage ?? false;
    const chunks = openaiTextChunks(envelope, tasks, events, { ...options, includeUsage });
    const started = await startStream(chunks, services.options.keepAliveMs);
    return { kind: 'stream', headers: streamHeaders(numCharacters, context), events: started };
  }
  const collected = await collectAll(
    tasks.map((task) => task.request),
    context,
  );
  const all = tasks.map(({ prompt, text }, i) => ({ prompt, text, generation: collected[i]! }));
  const chosen = request.prompt.flatMap((_, prompt) =>
    likeliest(
      all.filter((one) => one.prompt === prompt),
      n,
    ),
  );
  return {
    kind: 'json',
    headers: computeHeaders(collected, numCharacters, context),
    body: openaiTextCompletion(envelope, chosen, all, options),
  };
}

function validatePrompts({ prompt }: CompletionRequest, { services }: RequestContext): void {
  const { maxClientBatchSize } = services.options.limits;
  if (prompt.length <= maxClientBatchSize) return;
  throw new ParlanceError(
    'validation',
    `Number of prompts exceeds the maximum allowed batch size of ${maxClientBatchSize}. Given: ${prompt.length}`,
    {
      param: 'prompt',
    },
  );
}

/** @throws validation */
function completionTasks(request: CompletionRequest, bestOf: number, { services }: RequestContext): Task[] {
  const { limits } = services.options;
  validateStop(request.stop ?? [], limits);
  validateTopN(request.logprobs ?? 0, limits.maxTopLogprobs, 'logprobs');
  if (request.logit_bias) validateLogitBias(request.logit_bias, services.generator.vocabSize);
  return request.prompt.flatMap((text, prompt) =>
    Array.from({ length: bestOf }, (_, choice) => ({
      prompt,
      text,
      request: {
        prompt: text,
        addSpecialTokens: true,
        ...(request.max_tokens === undefined ? {} : { maxNewTokens: request.max_tokens }),
        sampling: openaiSampling(request, choice),
        stop: request.stop ?? [],
        stopMatching: 'anywhere',
        ignoreEos: request.ignore_eos,
        numTopTokens: request.logprobs ?? 0,
        promptLogprobs: request.echo && request.logprobs !== undefined,
        promptPieces: request.echo && (request.logprobs !== undefined || typeof text !== 'string'),
      },
    })),
  );
}

/** The `n` of the highest mean log-probability, best first; all of them in their order where none is left out. */
function likeliest(generations: readonly PromptGeneration[], n: number): readonly PromptGeneration[] {
  if (generations.length <= n) return generations;
  return [...generations].sort((a, b) => meanLogprob(b.generation) - meanLogprob(a.generation)).slice(0, n);
}
