/** A message of a chat, as OpenAI's API has it. */
export interface ChatMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly content?: string | readonly Record<string, unknown>[] | null;
  readonly name?: string;
  readonly tool_calls?: readonly ToolCall[];
  readonly tool_call_id?: string;
}

/** The body of OpenAI's `POST /v1/chat/completions`; fields that are not named here are sent as they are.
 * @see https://platform.openai.com/docs/api-reference/chat/create */
export interface ChatCompletionRequest {
  readonly messages: readonly ChatMessage[];
  /** An endpoint serves one model, so it may be left out. */
  readonly model?: string;
  readonly stream?: boolean;
  readonly max_tokens?: number;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly seed?: number;
  readonly stop?: string | readonly string[];
  readonly [field: string]: unknown;
}

interface ToolCall {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
}

/** The part of a tool call that a chunk brings; parts of one `index` belong together. */
export interface ToolCallDelta {
  readonly index: number;
  readonly id?: string;
  readonly type?: 'function';
  readonly function?: { readonly name?: string; readonly arguments?: string };
}

interface Logprobs {
  readonly content: readonly Record<string, unknown>[] | null;
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'function_call';

export interface ChunkChoice {
  readonly index: number;
  readonly delta: {
    readonly role?: string;
    readonly content?: string | null;
    readonly tool_calls?: readonly ToolCallDelta[];
  };
  readonly finish_reason: FinishReason | null;
  readonly logprobs?: Logprobs | null;
}

export interface ChatCompletionChunk {
  readonly id: string;
  readonly object: 'chat.completion.chunk';
  readonly created: number;
  readonly model: string;
  readonly choices: readonly ChunkChoice[];
  readonly usage?: Usage | null;
}

export interface CompletionChoice {
  readonly index: number;
  readonly message: {
    readonly role: 'assistant';
    readonly content: string | null;
    readonly tool_calls?: readonly ToolCall[];
  };
  readonly finish_reason: FinishReason;
  readonly logprobs: Logprobs | null;
}

export interface ChatCompletion {
  readonly id: string;
  readonly object: 'chat.completion';
  readonly created: number;
  readonly model: string;
  readonly choices: readonly CompletionChoice[];
  readonly usage?: Usage;
}
