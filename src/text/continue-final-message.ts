import { ParlanceError } from '../errors/errors.ts';
import { isObject } from './json-file.ts';

/** Marks where the final message ends; the space tells whether the template trims it. */
const MARK = 'CONTINUE_FINAL_MESSAGE_TAG ';

/** The messages with a mark behind the last one's text, as transformers does for `continue_final_message`.
 * @throws template_error where that message has no text */
export function markFinalMessage(messages: readonly unknown[]): unknown[] {
  const last = messages.at(-1);
  const content = isObject(last) ? last.content : undefined;
  if (typeof content === 'string') return [...messages.slice(0, -1), { ...(last as object), content: content + MARK }];
  const parts: unknown[] = Array.isArray(content) ? [...content] : [];
  const index = parts.findLastIndex(hasText);
  if (index < 0) {
    throw new ParlanceError('template_error', 'the final message has no text to continue', { param: 'messages' });
  }
  const part = parts[index] as { text: string };
  parts[index] = { ...part, text: part.text + MARK };
  return [...messages.slice(0, -1), { ...(last as object), content: parts }];
}

/** The rendered chat up to the end of the final message's text, whose space the template may have trimmed.
 * @param rendered of the messages that {@link markFinalMessage} gave
 * @throws template_error where the template left that text out or altered it */
export function cutFinalMessage(rendered: string, messages: readonly unknown[]): string {
  const text = finalText(messages).trim();
  const index = rendered.lastIndexOf(MARK.trim());
  if (index < 0 || !rendered.includes(text)) {
    const message = 'the chat template leaves out the final message, or alters it, so it cannot be continued';
    throw new ParlanceError('template_error', message, { param: 'messages' });
  }
  return rendered.startsWith(MARK, index) ? rendered.slice(0, index) : rendered.slice(0, index).trimEnd();
}

/** How TGI goes on with an assistant's message: the chat, rendered with a generation prompt, up to the last place where
 * the message's content stands, without space at its end; all of it where the template altered the content. */
export function cutAfterContent(rendered: string, content: string): string {
  const index = rendered.lastIndexOf(content);
  return index < 0 ? rendered : rendered.slice(0, index + content.length).trimEnd();
}

function finalText(messages: readonly unknown[]): string {
  const last = messages.at(-1);
  const content = isObject(last) ? last.content : undefined;
  if (typeof content === 'string') return content;
  return Array.isArray(content) ? (content.findLast(hasText)?.text ?? '') : '';
}

function hasText(part: unknown): part is { text: string } {
  return isObject(part) && typeof part.text === 'string';
}
