import { ParlanceError } from '../../../errors/errors.ts';
import { toJson } from '../../json/to-json.ts';
import type { Message } from '../../schema/openai-chat.ts';

/** A message as chat templates read it. */
export interface TemplateMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  readonly tool_calls?: NonNullable<Message['tool_calls']>;
  readonly tool_call_id?: string;
}

export type ImagePolicy = 'refuse' | 'markdown';

/** Messages for a chat template: text parts joined, `developer` as `system`. Tool calls without content become content,
 * as TGI has it, since many templates print nothing else.
 * @param images a model of text can't see them; /chat_tokenize writes them as TGI does, in Markdown
 * @throws validation naming an image part */
export function templateMessages(messages: readonly Message[], images: ImagePolicy): TemplateMessage[] {
  return messages.map((message, i) => ({
    role: message.role === 'developer' ? 'system' : message.role,
    content: contentText(message, i, images),
    ...(message.name === undefined ? {} : { name: message.name }),
    ...(message.tool_calls === undefined ? {} : { tool_calls: message.tool_calls }),
    ...(message.tool_call_id === undefined ? {} : { tool_call_id: message.tool_call_id }),
  }));
}

function contentText({ content, tool_calls }: Message, index: number, images: ImagePolicy): string {
  if ((content === undefined || content === '') && tool_calls !== undefined) return toJson(tool_calls.map(tgiToolCall));
  if (content === undefined || typeof content === 'string') return content ?? '';
  const texts = content.map((part, j) => {
    if (part.type === 'text') return part.text;
    if (images === 'markdown') return `![](${part.image_url.url})`;
    const param = `messages[${index}].content[${j}]`;
    throw new ParlanceError('validation', `${param} is an image, but the model reads text only`, { param });
  });
  return texts.join('');
}

/** serde's form of a tool call in TGI. */
function tgiToolCall({ id, type, function: called }: NonNullable<Message['tool_calls']>[number]) {
  return { id, type, function: { description: null, name: called.name, arguments: toJson(called.arguments ?? {}) } };
}
