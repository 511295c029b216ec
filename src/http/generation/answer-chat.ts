import { ParlanceError } from '../../errors/errors.ts';
import type { GrammarSpec } from '../../grammar/compile/grammar-spec.ts';
import { callOpenings, toolGrammar } from '../../grammar/tools/tool-format.ts';
import type { TextGenerationRequest } from '../../text/types.ts';
import { openaiChatChunks } from '../dialects/openai/chat-chunks.ts';
import { openaiChatCompletion } from '../dialects/openai/chat-completion.ts';
import { createEnvelope } from '../dialects/openai/envelope.ts';
import { openaiSampling } from '../dialects/openai/sampling.ts';
import { computeHeaders, countCharacters, streamHeaders } from '../dialects/tgi/compute-headers.ts';
import type { Answer, RequestContext } from '../route.ts';
import type { ChatRequest } from '../schema/openai-chat.ts';
import type { Services } from '../services.ts';
import { responseFormatSpec } from '../validation/response-format-spec.ts';
import { validateLogitBias, validateStop, validateTopN } from '../validation/validate-parameters.ts';
import { collectAll } from './collect-all.ts';
import { mergeStreams } from './merge-streams.ts';
import { type RenderedChat, renderChat } from './render-chat.ts';
import { runGeneration } from './run-generation.ts';
import { startStream } from './start-stream.ts';

/** Answers a chat completion, streamed or whole. A stream that can't start is refused with a status. */
export async function answerChat(request: ChatRequest, context: RequestContext): Promise<Answer> {
  const { services } = context;
  context.admit(request.n ?? 1);
  const chat = await renderChat(request, 'openai', services);
  const generations = chatGenerations(request, chat, services);
  const envelope = createEnvelope('chatcmpl', request.model, services);
  const numCharacters = countCharacters(chat.prompt);
  const options = {
    hasLogprobs: request.logprobs,
    toolFormat: chat.tools && services.generator.toolFormat,
    hasNoTool: chat.tools?.hasNoTool ?? false,
    callOpenings: chat.tools?.textFormat && callOpenings(services.generator.toolFormat, chat.tools.request),
    newId: services.newId,
  };
  if (request.stream) {
    const events = mergeStreams(generations.map((generation) => runGeneration(generation, context)));
    const includeUsage = request.stream_options?.include_usage ?? false;
    const chunks = openaiChatChunks(envelope, events, { ...options, includeUsage });
    const started = await startStream(chunks, services.options.keepAliveMs);
    return { kind: 'stream', headers: streamHeaders(numCharacters, context), events: started };
  }
  const collected = await collectAll(generations, context);
  return {
    kind: 'json',
    headers: computeHeaders(collected, numCharacters, context),
    body: openaiChatCompletion(envelope, collected, options),
  };
}

/** The `n` generations of a chat. @throws validation, invalid_grammar */
export function chatGenerations(request: ChatRequest, chat: RenderedChat, services: Services): TextGenerationRequest[] {
  const { limits } = services.options;
  validateStop(request.stop ?? [], limits);
  validateTopN(request.top_logprobs ?? 0, limits.maxTopLogprobs, 'top_logprobs');
  if (request.logit_bias) validateLogitBias(request.logit_bias, services.generator.vocabSize);
  const grammar = chatGrammar(request, chat, services);
  const maxNewTokens = request.max_completion_tokens ?? request.max_tokens;
  return Array.from({ length: request.n ?? 1 }, (_, choice) => ({
    prompt: chat.prompt,
    addSpecialTokens: false,
    ...(maxNewTokens === undefined ? {} : { maxNewTokens }),
    sampling: openaiSampling(request, choice),
    stop: request.stop ?? [],
    stopMatching: 'anywhere',
    ignoreEos: request.ignore_eos,
    numTopTokens: request.top_logprobs ?? 0,
    promptLogprobs: false,
    ...(grammar && { grammar }),
    ...(chat.tools && { shownTokens: services.generator.toolFormat.markers }),
  }));
}

/** What holds the answer to its tools or its format. */
function chatGrammar(
  { response_format }: ChatRequest,
  { tools }: RenderedChat,
  services: Services,
): GrammarSpec | undefined {
  const { toolFormat } = services.generator;
  const grammar = tools
    ? toolGrammar(toolFormat, tools.request, tools.textFormat)
    : responseFormatSpec(response_format);
  if (grammar && !services.options.grammarSupport) {
    const param = tools ? 'tools' : 'response_format';
    throw new ParlanceError('validation', `grammar is not supported, and \`${param}\` needs it`, { param });
  }
  return grammar;
}
