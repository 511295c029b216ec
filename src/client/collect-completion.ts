import { SageMakerChatError } from './chat-error.ts';
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChunkChoice,
  CompletionChoice,
  FinishReason,
  ToolCallDelta,
} from './chat-types.ts';

interface OpenCall {
  id: string;
  name: string;
  arguments: string;
}

interface OpenChoice {
  content: string | null;
  readonly calls: Map<number, OpenCall>;
  logprobs: Record<string, unknown>[] | null;
  finishReason: FinishReason | null;
}

/** Puts the chunks of a streamed answer together to the whole one, as it would have come without streaming. */
export async function collectCompletion(chunks: AsyncIterable<ChatCompletionChunk>): Promise<ChatCompletion> {
  const choices = new Map<number, OpenChoice>();
  let head: ChatCompletionChunk | undefined;
  let usage: ChatCompletion['usage'];
  for await (const chunk of chunks) {
    head ??= chunk;
    usage = chunk.usage ?? usage;
    for (const choice of chunk.choices) {
      const open = choices.get(choice.index) ?? { content: null, calls: new Map(), logprobs: null, finishReason: null };
      choices.set(choice.index, open);
      add(open, choice);
    }
  }
  if (head === undefined) throw new SageMakerChatError('incomplete_stream', 'the stream had no chunk');
  const { id, created, model } = head;
  const whole = [...choices].sort(([a], [b]) => a - b).map(([index, open]) => close(index, open));
  return { id, object: 'chat.completion', created, model, choices: whole, ...(usage && { usage }) };
}

function add(open: OpenChoice, { delta, finish_reason, logprobs }: ChunkChoice): void {
  if (typeof delta.content === 'string') open.content = (open.content ?? '') + delta.content;
  for (const call of delta.tool_calls ?? []) addCall(open.calls, call);
  if (logprobs?.content) open.logprobs = [...(open.logprobs ?? []), ...logprobs.content];
  open.finishReason = finish_reason ?? open.finishReason;
}

function addCall(calls: Map<number, OpenCall>, { index, id, function: called }: ToolCallDelta): void {
  const call = calls.get(index) ?? { id: '', name: '', arguments: '' };
  calls.set(index, call);
  call.id ||= id ?? '';
  call.name ||= called?.name ?? '';
  call.arguments += called?.arguments ?? '';
}

function close(index: number, { content, calls, logprobs, finishReason }: OpenChoice): CompletionChoice {
  if (finishReason === null)
    throw new SageMakerChatError('incomplete_stream', `choice ${index} has no finish_reason: the answer was cut off`);
  const toolCalls = [...calls]
    .sort(([a], [b]) => a - b)
    .map(([, { id, name, arguments: text }]) => ({
      id,
      type: 'function' as const,
      function: { name, arguments: text },
    }));
  // OpenAI's content is null beside tool calls, though a first chunk may have said "".
  const text = toolCalls.length > 0 && content === '' ? null : content;
  return {
    index,
    message: { role: 'assistant', content: text, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) },
    finish_reason: finishReason,
    logprobs: logprobs && { content: logprobs },
  };
}
