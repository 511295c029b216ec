import { ParlanceError } from '../../errors/errors.ts';
import type { ChatTemplateInput, TextGenerator } from '../../text/types.ts';
import { type ChosenTools, chosenTools } from '../dialects/openai/chosen-tools.ts';
import {
  type TemplateMessage,
  type TemplateMessageOptions,
  templateMessages,
} from '../dialects/openai/template-messages.ts';
import { tgiTool, withToolPrompt } from '../dialects/tgi/tool-prompt.ts';
import type { ChatRequest } from '../schema/openai-chat.ts';
import type { Services } from '../services.ts';

/** A chat as a prompt, and the tools that its answer may call. */
export interface RenderedChat {
  readonly prompt: string;
  readonly tools: ChosenTools | undefined;
}

/** Renders a chat. A last message of the assistant is gone on with, without the space it ends in, as in TGI.
 * @param contract whose rules the messages keep
 * @throws template_error, tool_error, validation */
export async function renderChat(
  request: ChatRequest,
  contract: TemplateMessageOptions['contract'],
  { generator }: Services,
): Promise<RenderedChat> {
  const { toolFormat, rendersToolCalls } = generator;
  const namesRole = (role: string) => generator.namesRole(role);
  const tools = chosenTools(request, toolFormat);
  if (!generator.hasChatTemplate) throw new ParlanceError('template_error', 'template not found');
  const converted = templateMessages(request.messages, { contract, rendersToolCalls, namesRole });
  const { messages, ...template } = tools ? withTools(converted, tools, request, generator) : { messages: converted };
  const last = messages.at(-1);
  const isContinued = last?.role === 'assistant' && last.content !== '';
  const prompt = await generator.applyChatTemplate({
    messages,
    ...template,
    ...(request.guideline === undefined ? {} : { variables: { guideline: request.guideline } }),
    addGenerationPrompt: !isContinued,
    continueFinalMessage: isContinued,
  });
  return { prompt: last?.role === 'assistant' ? prompt.trimEnd() : prompt, tools };
}

/** Tells the model of its tools: in its own way where its template has one, else in TGI's. */
function withTools(
  messages: readonly TemplateMessage[],
  { templates }: ChosenTools,
  { tool_prompt }: ChatRequest,
  { toolFormat, toolReading }: TextGenerator,
): Pick<ChatTemplateInput, 'tools' | 'jsonStyle'> & { readonly messages: readonly TemplateMessage[] } {
  const isPrompted = toolFormat.kind === 'plain' || tool_prompt;
  const listed = toolReading === 'none' ? templates : undefined;
  const prompted = isPrompted ? withToolPrompt(messages, tool_prompt, listed) : messages;
  switch (toolReading) {
    case 'none':
      return { messages: prompted };
    case 'transformers':
      return { messages: prompted, tools: templates };
    case 'tgi':
      return { messages: prompted, tools: templates.map(tgiTool), jsonStyle: 'minijinja' };
  }
}
