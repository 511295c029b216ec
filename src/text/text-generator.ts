import type { Engine, GenerationEvent } from '../engine/types.ts';
import { ParlanceError } from '../errors/errors.ts';
import type { GrammarCompiler } from '../grammar/compile/grammar-compiler.ts';
import { chooseToolFormat, toolReading } from '../grammar/tools/tool-format.ts';
import { AnswerText } from './answer-text.ts';
import type { ChatTemplates } from './chat-template.ts';
import { encodePrompt } from './encode-prompt.ts';
import type { Encoder } from './encoder.ts';
import { allowedNewTokens } from './prompt-limits.ts';
import { startEvent } from './start-event.ts';
import { toToken, toTopTokens } from './to-token.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { FinishReason, TextGenerationEvent, TextGenerationRequest, TextGenerator, TextLimits } from './types.ts';

export interface TextGeneratorParts {
  readonly engine: Engine;
  readonly tokenizer: Tokenizer;
  readonly encoder: Encoder;
  readonly templates: ChatTemplates;
  readonly grammars: GrammarCompiler;
  /** The template that is given tools. */
  readonly toolTemplate: string | undefined;
  /** Ids that end an answer, but where a request ignores them. */
  readonly eosTokenIds: readonly number[];
  readonly limits: TextLimits;
  /** Milliseconds, of any origin. */
  readonly now: () => number;
}

/** Text in, text out. It owns the encoder, the templates and the grammars; the engine stays its owner's. */
export function composeTextGenerator(parts: TextGeneratorParts): TextGenerator {
  const { encoder, templates, grammars, toolTemplate, limits } = parts;
  return {
    limits,
    vocabSize: parts.engine.limits.vocabSize,
    hasChatTemplate: !templates.isEmpty,
    toolFormat: chooseToolFormat(toolTemplate),
    toolReading: toolReading(toolTemplate),
    rendersToolCalls: toolTemplate?.includes('tool_calls') ?? false,
    namesRole: (role) => [`'${role}'`, `"${role}"`].some((quoted) => toolTemplate?.includes(quoted)),
    generate: (request, signal) => generate(request, parts, signal),
    tokenize: (text, addSpecialTokens) => encoder.encodeWithOffsets(text, addSpecialTokens),
    applyChatTemplate: (input) => templates.render(input),
    async close() {
      await Promise.all([encoder.close(), templates.close(), grammars.close()]);
    },
  };
}

type EngineToken = Extract<GenerationEvent, { type: 'token' }>;
type EnginePrefill = Extract<GenerationEvent, { type: 'prefill' }>;

async function* generate(
  request: TextGenerationRequest,
  parts: TextGeneratorParts,
  signal?: AbortSignal,
): AsyncGenerator<TextGenerationEvent, void, undefined> {
  const { engine, tokenizer, now } = parts;
  const { stopMatching = 'anywhere', promptPieces: wantsPieces } = request;
  const { answer, engineRequest, numPromptTokens, validationMs, validatedAt } = await prepare(request, parts, signal);

  let prefill: EnginePrefill | undefined;
  let numGeneratedTokens = 0;
  let last: Extract<TextGenerationEvent, { type: 'token' }> | undefined;
  let reason: FinishReason | undefined = engineRequest.maxNewTokens === 0 ? 'length' : undefined;
  for await (const event of engine.generate(engineRequest, signal)) {
    if (event.type === 'prefill') {
      prefill = event;
      yield await startEvent(event, { promptIds: engineRequest.promptIds, wantsPieces }, tokenizer);
      continue;
    }
    numGeneratedTokens++;
    const { text, delta, isStopped } = await answer.push(event.id);
    reason = finishReason(event, isStopped, stopMatching);
    const token = toToken(event, text, tokenizer);
    const topTokens = event.topTokens && { topTokens: await toTopTokens(event.topTokens, tokenizer) };
    last = { type: 'token', token, ...topTokens, delta, isLast: reason !== undefined };
    // Leaving the loop frees the engine's sequence, before a slow client takes the last token.
    if (reason !== undefined) break;
    yield last;
  }
  if (prefill === undefined || reason === undefined) {
    throw new ParlanceError('incomplete_generation', 'the engine ended the generation before it was complete');
  }
  if (last !== undefined) yield last;
  const { delta, generatedText, isStopped } = await answer.finish();
  const { queueMs, seed } = prefill;
  yield {
    type: 'finish',
    reason: isStopped && stopMatching === 'anywhere' ? 'stop_sequence' : reason,
    generatedText,
    delta,
    numPromptTokens,
    numGeneratedTokens,
    seed,
    timings: { validationMs, queueMs, inferenceMs: Math.max(0, now() - validatedAt - queueMs) },
  };
}

/** Reads and checks a request. @throws what `generate` refuses before anything is computed */
async function prepare(request: TextGenerationRequest, parts: TextGeneratorParts, signal?: AbortSignal) {
  const { tokenizer, encoder, grammars, eosTokenIds, limits, now } = parts;
  const startedAt = now();
  const { ids: promptIds, numCounted } = await encodePrompt(request, encoder, signal);
  const maxNewTokens = allowedNewTokens(numCounted, request.maxNewTokens, limits);
  const validatedAt = now();
  const { sampling, numTopTokens, promptLogprobs, stop, stopMatching = 'anywhere' } = request;
  const grammar = request.grammar && { grammar: await grammars.compile(request.grammar, signal) };
  const stopIds = request.ignoreEos && !grammar ? [] : eosTokenIds;
  const decode = (ids: readonly number[]) => tokenizer.decode(ids);
  const specialIds = hiddenIds(tokenizer, request.shownTokens);
  return {
    engineRequest: { promptIds, maxNewTokens, stopIds, sampling, numTopTokens, promptLogprobs, ...grammar },
    answer: new AnswerText({ decode, specialIds, promptIds, stop, stopMatching }),
    numPromptTokens: numCounted,
    validationMs: validatedAt - startedAt,
    validatedAt,
  };
}

function hiddenIds(tokenizer: Tokenizer, shown: readonly string[] = []): ReadonlySet<number> {
  if (shown.length === 0) return tokenizer.specialIds;
  const shownIds = new Set(shown.map((token) => tokenizer.tokenToId(token)));
  return new Set([...tokenizer.specialIds].filter((id) => !shownIds.has(id)));
}

/** Why the answer ends with this token. TGI looks at the length first, then at the token, then at stop strings; OpenAI's
 * clients are told of the stop string that was cut. */
function finishReason(
  { finishReason: ended }: EngineToken,
  isStopped: boolean,
  stopMatching: 'suffix' | 'anywhere',
): FinishReason | undefined {
  if (isStopped && stopMatching === 'anywhere') return 'stop_sequence';
  if (ended === 'length') return 'length';
  if (ended === 'stop-id') return 'eos_token';
  return isStopped ? 'stop_sequence' : undefined;
}
