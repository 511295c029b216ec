import { ParlanceError } from '../../errors/errors.ts';
import type { TextGenerationRequest } from '../../text/types.ts';
import { openaiChatChunks } from '../dialects/openai/chat-chunks.ts';
import { openaiChatCompletion } from '../dialects/openai/chat-completion.ts';
import { createEnvelope } from '../dialects/openai/envelope.ts';
import { openaiSampling } from '../dialects/openai/sampling.ts';
import { computeHeaders, countCharacters, streamHeaders } from '../dialects/tgi/compute-headers.ts';
import type { Answer, RequestContext } from '../route.ts';
import type { ChatRequest } from '../schema/openai-chat.ts';
import { validateStop, validateTopN } from '../validation/validate-parameters.ts';
import { collectAll } from './collect-all.ts';
import { mergeStreams } from './merge-streams.ts';
import { renderChat } from './render-chat.ts';
import { runGeneration } from './run-generation.ts';
import { startStream } from './start-stream.ts';

/** Answers a chat completion, streamed or whole. A stream that can't start is refused with a status. */
export async function answerChat(request: ChatRequest, context: RequestContext): Promise<Answer> {
  const { services } = context;
  context.admit(request.n ?? 1);
  const prompt = await renderChat(request, 'refuse', services);
  const generations = chatGenerations(request, prompt, context);
  const envelope = createEnvelope('chatcmpl', request.model, services);
  const numCharacters = countCharacters(prompt);
  if (request.stream) {
    const events = mergeStreams(generations.map((generation) => runGeneration(generation, context)));
    const chunks = openaiChatChunks(envelope, events, {
      hasLogprobs: request.logprobs,
      includeUsage: request.stream_options?.include_usage ?? false,
    });
    const started = await startStream(chunks, services.options.keepAliveMs);
    return { kind: 'stream', headers: streamHeaders(numCharacters, context), events: started };
  }
  const collected = await collectAll(generations, context);
  return {
    kind: 'json',
    headers: computeHeaders(collected, numCharacters, context),
    body: openaiChatCompletion(envelope, collected, request.logprobs),
  };
}

/** The `n` generations of a chat. @throws validation */
export function chatGenerations(
  request: ChatRequest,
  prompt: string,
  { services }: RequestContext,
): TextGenerationRequest[] {
  const { limits } = services.options;
  validateStop(request.stop ?? [], limits);
  validateTopN(request.top_logprobs ?? 0, limits, 'top_logprobs');
  refuseGrammar(request);
  const maxNewTokens = request.max_completion_tokens ?? request.max_tokens;
  return Array.from({ length: request.n ?? 1 }, (_, choice) => ({
    prompt,
    addSpecialTokens: false,
    ...(maxNewTokens === undefined ? {} : { maxNewTokens }),
    sampling: openaiSampling(request, choice),
    stop: request.stop ?? [],
    stopMatching: 'anywhere',
    ignoreEos: request.ignore_eos,
    numTopTokens: request.top_logprobs ?? 0,
    promptLogprobs: false,
  }));
}

/** What would have to constrain the text is refused, for an answer that ignores it is worse than none. */
function refuseGrammar({ tools, tool_choice, response_format }: ChatRequest): void {
  if (tools && tools.length > 0 && tool_choice !== 'none') {
    throw new ParlanceError('validation', 'grammar is not supported, so `tools` need `tool_choice` "none"', {
      param: 'tools',
    });
  }
  if (response_format && response_format.type !== 'text') {
    throw new ParlanceError(
      'validation',
      'grammar is not supported, so `response_format` may only be {"type": "text"}',
      {
        param: 'response_format',
      },
    );
  }
}
