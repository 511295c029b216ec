import { ParlanceError } from '../errors/errors.ts';
import { WorkerPool } from '../system/worker-pool.ts';
import { cutFinalMessage, markFinalMessage } from './continue-final-message.ts';
import type { JsonStyle } from './jinja/printing.ts';
import type { TokenizerConfig } from './tokenizer-config.ts';
import type { ChatTemplateInput } from './types.ts';

export interface RenderTask {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly maxLength: number;
  readonly nowMs: number;
  readonly jsonStyle: JsonStyle;
}

export interface ChatTemplatesOptions {
  /** A template that takes longer is ended. @default 2000 */
  readonly timeLimitMs?: number;
  /** A template that prints more is ended, in UTF-16 units. @default 10,000,000 */
  readonly maxLength?: number;
  /** @default Date.now */
  readonly now?: () => number;
}

/** A model's chat templates. They come with the model and are code: they render in a worker that is ended when one takes
 * too long, prints too much or needs too much memory. */
export interface ChatTemplates {
  readonly isEmpty: boolean;
  /** transformers' apply_chat_template. @throws template_error, with the template's own words where it raises */
  render(input: ChatTemplateInput): Promise<string>;
  close(): Promise<void>;
}

/** Starts the worker, where there is a template to render. @throws internal where it can't start */
export async function startChatTemplates(
  config: TokenizerConfig,
  options: ChatTemplatesOptions = {},
): Promise<ChatTemplates> {
  const { timeLimitMs = 2000, maxLength = 10_000_000, now = Date.now } = options;
  const { chatTemplates, specialTokens } = config;
  const pool = new WorkerPool<RenderTask, string>({
    entry: 'text/chat-template-worker',
    numWorkers: 1,
    timeLimitMs,
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    failure: {
      code: 'template_error',
      timedOut: `the chat template took longer than ${timeLimitMs} ms and was ended`,
      died: 'the chat template was ended',
    },
  });

  if (chatTemplates.size > 0) await pool.start();

  return {
    isEmpty: chatTemplates.size === 0,
    async render(input) {
      const source = chooseTemplate(chatTemplates, input);
      checkInput(input);
      const messages = input.continueFinalMessage ? markFinalMessage(input.messages) : input.messages;
      const variables = {
        ...specialTokens,
        ...input.variables,
        messages,
        tools: input.tools ?? null,
        documents: input.documents ?? null,
        add_generation_prompt: input.addGenerationPrompt,
      };
      const rendered = await pool.run({
        source,
        variables,
        maxLength,
        nowMs: now(),
        jsonStyle: input.jsonStyle ?? 'python',
      });
      return input.continueFinalMessage ? cutFinalMessage(rendered, input.messages) : rendered;
    },
    close: () => pool.close(),
  };
}

function checkInput({ messages, addGenerationPrompt, continueFinalMessage }: ChatTemplateInput): void {
  if (messages.length === 0) {
    throw new ParlanceError('template_error', 'a chat template needs at least one message, and `messages` is empty', {
      param: 'messages',
    });
  }
  if (addGenerationPrompt && continueFinalMessage) {
    const message =
      '`add_generation_prompt` and `continue_final_message` exclude each other: one begins a message, the other goes on with the last';
    throw new ParlanceError('template_error', message, { param: 'continue_final_message' });
  }
}

function chooseTemplate(templates: ReadonlyMap<string, string>, { templateName, tools }: ChatTemplateInput): string {
  const isForTools = tools !== undefined && templates.has('tool_use');
  const name = templateName ?? (isForTools ? 'tool_use' : 'default');
  const template = templates.get(name);
  if (template !== undefined) return template;
  if (templates.size === 0) throw new ParlanceError('template_error', 'template not found');
  const names = [...templates.keys()].map((known) => `\`${known}\``).join(', ');
  throw new ParlanceError('template_error', `there is no chat template \`${name}\`: the model has ${names}`);
}
