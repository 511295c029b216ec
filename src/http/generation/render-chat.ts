import { ParlanceError } from '../../errors/errors.ts';
import { toolInstructions } from '../../grammar/tool-format.ts';
import { type ChosenTools, chosenTools } from '../dialects/openai/chosen-tools.ts';
import {
  type TemplateMessage,
  type TemplateMessageOptions,
  templateMessages,
} from '../dialects/openai/template-messages.ts';
import type { ChatRequest } from '../schema/openai-chat.ts';
import type { Services } from '../services.ts';

/** A chat as a prompt, and the tools that its answer may call. */
export interface RenderedChat {
  readonly prompt: string;
  readonly tools: ChosenTools | undefined;
}

/** Renders a chat. A last message of the assistant is gone on with, without the space it ends in, as in TGI.
 * @throws template_error, tool_error, validation */
export async function renderChat(
  request: ChatRequest,
  images: TemplateMessageOptions['images'],
  { generator }: Services,
): Promise<RenderedChat> {
  if (request.tools && request.response_format && request.response_format.type !== 'text') {
    throw new ParlanceError('tool_error', 'Grammar and tools are mutually exclusive', { param: 'tools' });
  }
  const tools = chosenTools(request);
  if (!generator.hasChatTemplate) throw new ParlanceError('template_error', 'template not found');
  const { rendersTools, rendersToolCalls } = generator;
  const converted = templateMessages(request.messages, { images, rendersToolCalls });
  const last = converted.at(-1);
  const isContinued = last?.role === 'assistant' && last.content !== '';
  const prompt = await generator.applyChatTemplate({
    messages: tools && !rendersTools ? withInstructions(converted, toolInstructions(tools.templates)) : converted,
    ...(tools && rendersTools ? { tools: tools.templates } : {}),
    addGenerationPrompt: !isContinued,
    continueFinalMessage: isContinued,
  });
  return { prompt: last?.role === 'assistant' ? prompt.trimEnd() : prompt, tools };
}

/** Tells of the tools in the system message, for a template that doesn't. */
function withInstructions(messages: readonly TemplateMessage[], instructions: string): readonly TemplateMessage[] {
  const [first, ...rest] = messages;
  if (first?.role !== 'system') return [{ role: 'system', content: instructions }, ...messages];
  return [{ ...first, content: `${first.content}\n\n${instructions}` }, ...rest];
}
