import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ChatTemplates, startChatTemplates } from '../../src/text/chat-template.ts';
import { cutAfterContent } from '../../src/text/continue-final-message.ts';
import { type Encoder, startEncoder } from '../../src/text/encoder.ts';
import { readTokenizerConfig } from '../../src/text/tokenizer-config.ts';
import type { ChatTemplateInput } from '../../src/text/types.ts';
import { type GoldenChat, readGoldens } from './goldens.ts';

function toInput(golden: GoldenChat): ChatTemplateInput {
  return {
    messages: golden.messages,
    addGenerationPrompt: golden.add_generation_prompt ?? false,
    continueFinalMessage: golden.continue_final_message ?? false,
    ...(golden.tools && { tools: golden.tools }),
    ...(golden.template_kwargs && { variables: golden.template_kwargs }),
  };
}

/** Holds the chat template of a fixture folder to its goldens. */
export function describeChat(folder: string): void {
  const chats = readGoldens(folder).chat ?? [];
  const rendered = chats.filter((chat) => chat.rendered !== undefined);
  const failing = chats.filter((chat) => chat.error !== undefined);
  const continued = chats.filter((chat) => chat.tgi_continue !== undefined);

  describe(`the chat template of ${basename(folder)}`, () => {
    let templates: ChatTemplates;
    let encoder: Encoder;

    beforeAll(async () => {
      templates = await startChatTemplates(await readTokenizerConfig(folder));
      encoder = await startEncoder(folder, 1);
    });

    afterAll(() => Promise.all([templates.close(), encoder.close()]));

    it.each(rendered)('renders and encodes $name', async (golden) => {
      const text = await templates.render(toInput(golden));
      expect(text).toBe(golden.rendered);
      expect(await encoder.encode(text, false)).toEqual(golden.ids);
    });

    it.each(failing)('refuses $name', async (golden) => {
      const message = golden.error!.raised_by_template ? golden.error!.message : expect.any(String);
      await expect(templates.render(toInput(golden))).rejects.toMatchObject({ code: 'template_error', message });
    });

    it.each(continued)('continues $name as TGI does', async (golden) => {
      const text = await templates.render({
        ...toInput(golden),
        addGenerationPrompt: true,
        continueFinalMessage: false,
      });
      const { content } = golden.messages.at(-1) as { content: string };
      expect(cutAfterContent(text, content)).toBe(golden.tgi_continue);
    });
  });
}
