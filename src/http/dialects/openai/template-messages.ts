import { ParlanceError } from '../../../errors/errors.ts';
import { toJson } from '../../json/to-json.ts';
import type { Message } from '../../schema/openai-chat.ts';

type ToolCall = NonNullable<Message['tool_calls']>[number];

/** A tool as chat templates read it. */
export interface TemplateTool {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description?: string; readonly parameters: unknown };
}

/** A message as chat templates read it. */
export interface TemplateMessage {
  readonly role: string;
  readonly content: string;
  readonly name?: string;
  readonly tool_calls?: readonly ToolCall[];
  readonly tool_call_id?: string;
}

export interface TemplateMessageOptions {
  /** OpenAI's refuses images, which a model of text can't see, and roles that nothing knows, whose messages a template may
   * leave out without a word; TGI's writes images in Markdown, and takes any role. */
  readonly contract: 'openai' | 'tgi';
  /** Whether the template has a role beside OpenAI's. */
  readonly namesRole: (role: string) => boolean;
  /** Whether the template writes tool calls; where not, calls without content become content, as in TGI. */
  readonly rendersToolCalls: boolean;
}

const openaiRoles = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];

/** Messages for a chat template: text parts joined, `developer` as `system`.
 * @throws validation naming an image part or a role */
export function templateMessages(messages: readonly Message[], options: TemplateMessageOptions): TemplateMessage[] {
  return messages.map((message, i) => ({
    role: roleOf(message, i, options),
    content: contentOf(message, i, options),
    ...(message.name === undefined ? {} : { name: message.name }),
    ...(message.tool_calls && options.rendersToolCalls ? { tool_calls: message.tool_calls.map(templateToolCall) } : {}),
    ...(message.tool_call_id === undefined ? {} : { tool_call_id: message.tool_call_id }),
  }));
}

function roleOf({ role }: Message, index: number, { contract, namesRole }: TemplateMessageOptions): string {
  if (role === 'developer') return 'system';
  if (contract === 'tgi' || openaiRoles.includes(role) || namesRole(role)) return role;
  const param = `messages[${index}].role`;
  const message = `${param} is ${JSON.stringify(role.slice(0, 40))}: expected one of ${openaiRoles.join(', ')}`;
  throw new ParlanceError('validation', message, { param });
}

function contentOf(
  { refusal = '', content = refusal, tool_calls }: Message,
  index: number,
  options: TemplateMessageOptions,
): string {
  if (content === '' && tool_calls && !options.rendersToolCalls) return toJson(tool_calls.map(tgiToolCall));
  if (typeof content === 'string') return content;
  const texts = content.map((part, j) => {
    if (part.type === 'text') return part.text;
    if (part.type === 'refusal') return part.refusal;
    if (options.contract === 'tgi') return `![](${part.image_url.url})`;
    const param = `messages[${index}].content[${j}]`;
    throw new ParlanceError('validation', `${param} is an image, but the model reads text only`, { param });
  });
  return texts.join('');
}

/** transformers' form, in which arguments are an object. */
function templateToolCall(call: ToolCall): ToolCall {
  const { name, arguments: given } = call.function;
  return { ...call, function: { name, arguments: typeof given === 'string' ? parsedOr(given) : given } };
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // what a client made up stays as it wrote it
  }
}

/** serde's form of a tool call in TGI. */
function tgiToolCall({ id, type, function: called }: ToolCall) {
  return { id, type, function: { description: null, name: called.name, arguments: toJson(called.arguments ?? {}) } };
}
