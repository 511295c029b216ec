import { ParlanceError } from '../../errors/errors.ts';
import { type ImagePolicy, templateMessages } from '../dialects/openai/template-messages.ts';
import type { ChatRequest } from '../schema/openai-chat.ts';
import type { Services } from '../services.ts';

/** The prompt of a chat. A last message of the assistant is gone on with, without the space it ends in, as in TGI.
 * @throws template_error, validation */
export async function renderChat(
  {
    messages,
    tools,
    tool_choice,
    response_format,
  }: Pick<ChatRequest, 'messages' | 'tools' | 'tool_choice' | 'response_format'>,
  images: ImagePolicy,
  { generator }: Services,
): Promise<string> {
  if (tools && response_format)
    throw new ParlanceError('tool_error', 'Grammar and tools are mutually exclusive', { param: 'tools' });
  if (!generator.hasChatTemplate) throw new ParlanceError('template_error', 'template not found');
  const last = messages.at(-1);
  const converted = templateMessages(messages, images);
  const isContinued = last?.role === 'assistant' && converted.at(-1)!.content !== '';
  const prompt = await generator.applyChatTemplate({
    messages: converted,
    ...(tools && tool_choice !== 'none' ? { tools } : {}),
    addGenerationPrompt: !isContinued,
    continueFinalMessage: isContinued,
  });
  return last?.role === 'assistant' ? prompt.trimEnd() : prompt;
}
