import { afterEach, describe, expect, it } from '@jest/globals';
import { type ChatTemplates, type ChatTemplatesOptions, startChatTemplates } from '../../src/text/chat-template.ts';
import type { ChatTemplateInput } from '../../src/text/types.ts';
import { describeChat } from './describe-chat.ts';
import { goldenFolders, MODEL_FIXTURES } from './goldens.ts';

for (const folder of goldenFolders(MODEL_FIXTURES)) describeChat(folder);

const SPIN = '{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}';
const HOARD = '{% set ns = namespace(x=[0]) %}{% for a in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}';
('{% set ns = namespace(x=[[0]]) %}{% for a in range(40) %}{% set ns.x = [ns.x, ns.x | tojson] %}{% endfor %}');

const opened: ChatTemplates[] = [];
afterEach(() => Promise.all(opened.splice(0).map((templates) => templates.close())));

async function withTemplates(
  chatTemplates: Record<string, string>,
  options?: ChatTemplatesOptions,
): Promise<ChatTemplates> {
  const specialTokens = { bos_token: '<s>', additional_special_tokens: ['<a>', '<b>'] };
  const templates = await startChatTemplates(
    { chatTemplates: new Map(Object.entries(chatTemplates)), specialTokens },
    options,
  );
  opened.push(templates);
  return templates;
}

function chat(input: Partial<ChatTemplateInput> = {}): ChatTemplateInput {
  const messages = [{ role: 'user', content: 'hi' }];
  return { messages, addGenerationPrompt: false, continueFinalMessage: false, ...input };
}

const tools = [{ type: 'function', function: { name: 'add' } }];

describe('chat templates', () => {
  it('give a template the special tokens, the tools, the documents and further variables', async () => {
    const templates = await withTemplates({
      default:
        '{{ bos_token }}{{ additional_special_tokens[1] }}{{ tools[0].function.name }}{{ documents[0].title }}{{ mood }}{{ add_generation_prompt }}',
    });
    const input = chat({ tools, documents: [{ title: 'T' }], variables: { mood: 'good' }, addGenerationPrompt: true });
    expect(await templates.render(input)).toBe('<s><b>addTgoodTrue');
  });

  it('tell a template that no tools were given', async () => {
    const templates = await withTemplates({
      default: '{{ tools is none }}{{ documents is none }}{{ other is defined }}',
    });
    expect(await templates.render(chat())).toBe('TrueTrueFalse');
  });

  it('are chosen by name, and for tools where there is one for them', async () => {
    const templates = await withTemplates({ default: 'plain', tool_use: 'tools', rag: 'documents' });
    expect(await templates.render(chat())).toBe('plain');
    expect(await templates.render(chat({ tools }))).toBe('tools');
    expect(await templates.render(chat({ templateName: 'rag', tools }))).toBe('documents');
    await expect(templates.render(chat({ templateName: 'none' }))).rejects.toThrow('`default`, `tool_use`, `rag`');
  });

  it('are refused where the model has none', async () => {
    const templates = await withTemplates({});
    expect(templates.isEmpty).toBe(true);
    await expect(templates.render(chat())).rejects.toMatchObject({
      code: 'template_error',
      message: 'template not found',
    });
  });

  it('tell the time of the injected clock', async () => {
    const now = () => new Date(2031, 6, 9, 12).getTime();
    const templates = await withTemplates({ default: "{{ strftime_now('%d %b %Y') }}" }, { now });
    expect(await templates.render(chat())).toBe('09 Jul 2031');
  });

  it.each([
    ['never ends', SPIN, 'took longer than 300 ms'],
    ['takes all memory', HOARD, 'the chat template was ended'],
    ['prints without end', '{% for a in range(100000) %}{{ "0123456789" * 1000 }}{% endfor %}', 'printed more than'],
  ])('end one that %s, and render the next', async (_, hostile, words) => {
    const timeLimitMs = hostile === SPIN ? 300 : 20_000;
    const templates = await withTemplates({ default: '{{ messages[0].content }}', hostile }, { timeLimitMs });
    const ended = templates.render(chat({ templateName: 'hostile' }));
    const next = templates.render(chat());
    await expect(ended).rejects.toMatchObject({ code: 'template_error', message: expect.stringContaining(words) });
    expect(await next).toBe('hi');
    expect(await templates.render(chat())).toBe('hi');
  });

  it('do not run after they are closed', async () => {
    const templates = await withTemplates({ default: SPIN });
    const pending = expect(templates.render(chat())).rejects.toMatchObject({ code: 'unavailable' });
    await templates.close();
    await pending;
    await expect(templates.render(chat())).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('continue_final_message', () => {
  const template = '{% for m in messages %}<{{ m.role }}>{{ m.content }}</{{ m.role }}>{% endfor %}';
  const trimming = '{% for m in messages %}<{{ m.role }}>{{ m.content | trim }}</{{ m.role }}>{% endfor %}';
  const continued = (content: unknown) =>
    chat({
      messages: [
        { role: 'user', content: 'go' },
        { role: 'assistant', content },
      ],
      continueFinalMessage: true,
    });

  it('ends the prompt where the message ends, its space kept where the template keeps it', async () => {
    expect(await (await withTemplates({ default: template })).render(continued('so '))).toBe(
      '<user>go</user><assistant>so ',
    );
    expect(await (await withTemplates({ default: trimming })).render(continued('so '))).toBe(
      '<user>go</user><assistant>so',
    );
  });

  it('finds the end where the same text occurs before', async () => {
    expect(await (await withTemplates({ default: template })).render(continued('go'))).toBe(
      '<user>go</user><assistant>go',
    );
  });

  it('continues the last text of a message in parts', async () => {
    const parts = '{% for m in messages %}{% for p in m.content %}{{ p.text }}|{% endfor %}{% endfor %}';
    const content = [{ type: 'text', text: 'a' }, { type: 'text', text: 'b' }, { type: 'image' }];
    const rendered = await (await withTemplates({ default: parts })).render({
      ...continued(content),
      messages: [{ content }],
    });
    expect(rendered).toBe('a|b');
  });

  it.each([
    ['has no text', template, null],
    ['is left out by the template', 'fixed', 'x'],
  ])('is refused where the message %s', async (_, source, content) => {
    await expect((await withTemplates({ default: source })).render(continued(content))).rejects.toMatchObject({
      code: 'template_error',
      param: 'messages',
    });
  });

  it('excludes a generation prompt', async () => {
    const input = { ...continued('x'), addGenerationPrompt: true };
    await expect((await withTemplates({ default: template })).render(input)).rejects.toThrow('exclude each other');
  });
});
