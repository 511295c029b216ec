import type { SamplingParameters } from '../engine/types.ts';
import type { GrammarSpec } from '../grammar/compile/grammar-spec.ts';
import type { ToolFormat, ToolReading } from '../grammar/tools/tool-format.ts';
import type { JsonStyle } from './jinja/printing.ts';

export interface TextGenerationRequest {
  /** Text, or token ids used as they are. */
  readonly prompt: string | readonly number[];
  /** Whether the tokenizer adds its special tokens (BOS …); false for rendered chat templates. */
  readonly addSpecialTokens: boolean;
  /** Keeps the last N prompt tokens. */
  readonly truncate?: number;
  /** Undefined: as many as the limits allow; 0: the prompt alone is read. */
  readonly maxNewTokens?: number;
  readonly sampling: SamplingParameters;
  readonly stop: readonly string[];
  /** Where a stop string ends the answer: `suffix`, where the text ends with it after a token, as in TGI; `anywhere`, even
   * inside a token, as for OpenAI's clients. @default anywhere */
  readonly stopMatching?: 'suffix' | 'anywhere';
  readonly ignoreEos: boolean;
  readonly numTopTokens: number;
  readonly promptLogprobs: boolean;
  /** Whether the prompt's text is wanted, token by token. */
  readonly promptPieces?: boolean;
  /** What the text must look like. It ends with an EOS token, whether or not those are ignored otherwise. */
  readonly grammar?: GrammarSpec;
  /** Special tokens, by their text, that the deltas keep: a tool format's markers. */
  readonly shownTokens?: readonly string[];
}

export interface Token {
  readonly id: number;
  readonly text: string;
  readonly logprob: number;
  readonly special: boolean;
}

export interface PrefillToken {
  readonly id: number;
  readonly text: string;
  /** Null for the first. */
  readonly logprob: number | null;
  /** The likeliest in its place; none for the first. Present where top tokens were asked for. */
  readonly topTokens?: readonly Token[];
}

export type FinishReason = 'length' | 'eos_token' | 'stop_sequence';

interface GenerationTimings {
  readonly validationMs: number;
  readonly queueMs: number;
  readonly inferenceMs: number;
}

export type TextGenerationEvent =
  | {
      readonly type: 'start';
      /** After truncation. */
      readonly promptIds: readonly number[];
      readonly numCachedTokens: number;
      /** Present where prompt log-probabilities were asked for. */
      readonly prefill?: readonly PrefillToken[];
      /** What each token adds to the prompt's text; present where it was asked for. */
      readonly promptPieces?: readonly string[];
    }
  | {
      readonly type: 'token';
      /** `text` as TGI gives it: what this token adds, stop text and special tokens included. */
      readonly token: Token;
      readonly topTokens?: readonly Token[];
      /** Text that is certain by now, special tokens left out, held back while it may be the start of a stop string:
       * all deltas together are the generated text without its stop string. */
      readonly delta: string;
      /** Whether `finish` comes next: TGI's last stream event is both. */
      readonly isLast: boolean;
    }
  | {
      readonly type: 'finish';
      readonly reason: FinishReason;
      /** As TGI gives it: special tokens left out, a stop string kept. */
      readonly generatedText: string;
      /** What `delta`s still held back. */
      readonly delta: string;
      readonly numPromptTokens: number;
      readonly numGeneratedTokens: number;
      /** Undefined for greedy decoding. */
      readonly seed: bigint | undefined;
      readonly timings: GenerationTimings;
    };

export interface Encoding {
  readonly ids: readonly number[];
  /** Per token [start, end) in Unicode code points of the input. */
  readonly offsets: readonly (readonly [number, number])[];
}

export interface ChatTemplateInput {
  readonly messages: readonly unknown[];
  readonly tools?: readonly unknown[];
  readonly documents?: readonly unknown[];
  readonly addGenerationPrompt: boolean;
  readonly continueFinalMessage: boolean;
  /** Further variables of the template. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** How `tojson` prints: as Python, or as TGI's template engine. @default python */
  readonly jsonStyle?: JsonStyle;
  /** Name in a list of templates; `default` (or `tool_use` with tools) where it is undefined. */
  readonly templateName?: string;
}

export interface TextLimits {
  readonly maxInputTokens: number;
  readonly maxTotalTokens: number;
}

/** Text in, text out, over an engine: what the HTTP routes and the CLI talk to. */
export interface TextGenerator {
  readonly limits: TextLimits;
  /** Token ids are below it. */
  readonly vocabSize: number;
  readonly hasChatTemplate: boolean;
  /** How the model writes calls of tools. */
  readonly toolFormat: ToolFormat;
  /** How the chat template tells the model of its tools: where it doesn't, a message has to. */
  readonly toolReading: ToolReading;
  /** Whether the chat template writes the calls of earlier messages: where not, their content has to. */
  readonly rendersToolCalls: boolean;
  /** Whether the chat template has a role of this name. */
  namesRole(role: string): boolean;
  /** @throws validation for an empty prompt and context_length_exceeded for a too long one, with TGI's messages; validation
   * for a grammar that is not supported or impossible; generation; overloaded */
  generate(request: TextGenerationRequest, signal?: AbortSignal): AsyncIterable<TextGenerationEvent>;
  tokenize(text: string, addSpecialTokens: boolean): Promise<Encoding>;
  /** @throws template_error */
  applyChatTemplate(input: ChatTemplateInput): Promise<string>;
  close(): Promise<void>;
}
