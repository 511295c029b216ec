import { ParlanceError } from '../../../src/errors/errors.ts';
import { chooseToolFormat, type ToolFormat, type ToolReading } from '../../../src/grammar/tools/tool-format.ts';
import type {
  ChatTemplateInput,
  Encoding,
  FinishReason,
  TextGenerationEvent,
  TextGenerationRequest,
  TextGenerator,
  Token,
} from '../../../src/text/types.ts';

const eos: Token = { id: 256, text: '</s>', logprob: -0.25, special: true };

export interface Script {
  /** Token texts by prompt; a prompt that isn't named says `ok`. */
  readonly says?: Readonly<Record<string, readonly string[]>>;
  /** Runs before the token of this index is given; may wait or throw. */
  readonly beforeToken?: (index: number, prompt: string, signal: AbortSignal | undefined) => void | Promise<void>;
  readonly maxInputTokens?: number;
  readonly maxTotalTokens?: number;
  readonly hasChatTemplate?: boolean;
  /** @default Hermes' */
  readonly toolFormat?: ToolFormat;
  /** @default transformers */
  readonly toolReading?: ToolReading;
}

/** A text generator with a byte tokenizer whose model says what a script tells it to. */
export class ScriptedTextGenerator implements TextGenerator {
  readonly limits;
  readonly vocabSize = 257;
  readonly hasChatTemplate: boolean;
  readonly toolFormat: ToolFormat;
  readonly toolReading: ToolReading;
  readonly rendersToolCalls = true;
  readonly namesRole = (role: string) => role === 'narrator';
  /** What was asked, in order. */
  readonly requests: TextGenerationRequest[] = [];
  readonly templateInputs: ChatTemplateInput[] = [];
  numRunning = 0;
  readonly #script: Script;

  constructor(script: Script = {}) {
    this.#script = script;
    this.toolFormat = script.toolFormat ?? chooseToolFormat('tools <tool_call>');
    this.toolReading = script.toolReading ?? 'transformers';
    this.limits = { maxInputTokens: script.maxInputTokens ?? 256, maxTotalTokens: script.maxTotalTokens ?? 512 };
    this.hasChatTemplate = script.hasChatTemplate ?? true;
  }

  async *generate(request: TextGenerationRequest, signal?: AbortSignal): AsyncGenerator<TextGenerationEvent> {
    this.requests.push(request);
    this.numRunning++;
    try {
      yield* this.#run(request, signal);
    } finally {
      this.numRunning--;
    }
  }

  async *#run(request: TextGenerationRequest, signal: AbortSignal | undefined): AsyncGenerator<TextGenerationEvent> {
    const promptIds = this.#encode(request);
    const prompt = typeof request.prompt === 'string' ? request.prompt : Buffer.from(request.prompt).toString();
    const limit = request.maxNewTokens ?? this.limits.maxTotalTokens - promptIds.length;
    yield {
      type: 'start',
      promptIds,
      numCachedTokens: 2,
      ...(request.promptPieces ? { promptPieces: promptIds.map((id) => String.fromCharCode(id)) } : {}),
      ...(request.promptLogprobs ? { prefill: promptIds.map((id, i) => prefillToken(id, i, request)) } : {}),
    };
    if (limit === 0) {
      yield finish([], 'length', request, promptIds.length);
      return;
    }
    const script = [...(this.#script.says?.[prompt] ?? ['o', 'k']).map(scriptedToken), eos];
    const told: Token[] = [];
    let reason: FinishReason | undefined;
    for (const [index, token] of script.entries()) {
      await this.#script.beforeToken?.(index, prompt, signal);
      signal?.throwIfAborted();
      told.push(token);
      reason = reasonToStop(told, request, limit);
      const topTokens =
        request.numTopTokens > 0 ? [token, { ...eos, logprob: -7.5 }].slice(0, request.numTopTokens) : undefined;
      yield {
        type: 'token',
        token,
        ...(topTokens ? { topTokens } : {}),
        delta: reason === undefined ? token.text : '',
        isLast: reason !== undefined,
      };
      if (reason !== undefined) break;
    }
    yield finish(told, reason!, request, promptIds.length);
  }

  #encode({ prompt, truncate, maxNewTokens }: TextGenerationRequest): number[] {
    const ids = typeof prompt === 'string' ? [...Buffer.from(prompt)] : [...prompt];
    const kept = truncate === undefined ? ids : ids.slice(-truncate);
    if (kept.length + (maxNewTokens ?? 0) > this.limits.maxTotalTokens) {
      throw new ParlanceError(
        'context_length_exceeded',
        `\`inputs\` tokens + \`max_new_tokens\` must be <= ${this.limits.maxTotalTokens}. Given: ${kept.length} \`inputs\` tokens and ${maxNewTokens} \`max_new_tokens\``,
        { param: 'max_new_tokens' },
      );
    }
    return kept;
  }

  async tokenize(text: string): Promise<Encoding> {
    const characters = [...text];
    return { ids: characters.map((c) => c.codePointAt(0)!), offsets: characters.map((_, i) => [i, i + 1]) };
  }

  async applyChatTemplate(input: ChatTemplateInput): Promise<string> {
    this.templateInputs.push(input);
    const messages = input.messages as readonly { role: string; content: string }[];
    const text = messages.map(({ role, content }) => `<${role}>${content}`).join('');
    return text + (input.addGenerationPrompt ? '<assistant>' : '');
  }

  async close(): Promise<void> {}
}

const scriptedToken = (text: string, index: number): Token => ({
  id: text.codePointAt(0) ?? 0,
  text,
  logprob: Math.fround(-0.1 * (index + 1)),
  special: false,
});

const prefillToken = (id: number, index: number, { numTopTokens }: TextGenerationRequest) => ({
  id,
  text: String.fromCharCode(id),
  logprob: index === 0 ? null : -1,
  ...(numTopTokens > 0 && { topTokens: index === 0 ? [] : [{ id: 120, text: 'x', logprob: -0.5, special: false }] }),
});

function reasonToStop(
  told: readonly Token[],
  { stop }: TextGenerationRequest,
  limit: number,
): FinishReason | undefined {
  if (told.length === limit) return 'length';
  if (told.at(-1) === eos) return 'eos_token';
  const text = textOf(told);
  return stop.some((s) => text.endsWith(s)) ? 'stop_sequence' : undefined;
}

const textOf = (tokens: readonly Token[]) =>
  tokens
    .filter(({ special }) => !special)
    .map(({ text }) => text)
    .join('');

function finish(
  told: readonly Token[],
  reason: FinishReason,
  request: TextGenerationRequest,
  numPromptTokens: number,
): TextGenerationEvent {
  const last = told.at(-1) ?? eos;
  const stopText = reason === 'stop_sequence' ? request.stop.find((s) => textOf(told).endsWith(s))! : '';
  const { doSample, seed } = request.sampling;
  return {
    type: 'finish',
    reason,
    generatedText: textOf(told),
    delta: last.special ? '' : last.text.slice(0, last.text.length - stopText.length),
    numPromptTokens,
    numGeneratedTokens: told.length,
    seed: doSample ? (seed ?? 9925412158745467690n) : undefined,
    timings: { validationMs: 1, queueMs: 2, inferenceMs: 30 },
  };
}
