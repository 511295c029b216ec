import { toJson } from '../../json/to-json.ts';
import type { TemplateMessage, TemplateTool } from '../openai/template-messages.ts';

/** What TGI adds to the last message where the request has no `tool_prompt`. */
const defaultToolPrompt =
  '\nGiven the functions available, please respond with a JSON for a function call with its proper arguments that best answers the given prompt. Respond in the format {name: function name, parameters: dictionary of argument name and its value}.Do not use variables.\n';

/** A tool as TGI tells of it: the schema of the arguments is a text. */
export function tgiTool({ type, function: { name, description, parameters } }: TemplateTool) {
  return { type, function: { description: description ?? null, name, arguments: toJson(parameters) } };
}

/** Adds TGI's words about tools to the last message, unless that calls tools itself.
 * @param listed what is told of in the message, for a template that doesn't
 * @see text-generation-inference router/src/infer/chat_template.rs */
export function withToolPrompt(
  messages: readonly TemplateMessage[],
  toolPrompt: string | undefined,
  listed: readonly TemplateTool[] | undefined,
): readonly TemplateMessage[] {
  const last = messages.at(-1);
  if (last === undefined || last.tool_calls) return messages;
  const list = listed ? `${toJson(listed.map(tgiTool))}\n` : '';
  const text = `\n---\n${list}${toolPrompt || defaultToolPrompt}`;
  return [...messages.slice(0, -1), { ...last, content: last.content + text }];
}
