import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readTokenizerConfig } from '../../src/text/tokenizer-config.ts';

async function folderWith(files: Record<string, unknown>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-config-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

describe('readTokenizerConfig', () => {
  it('reads special tokens as texts or AddedToken objects, and prefers tokenizer_config.json', async () => {
    const folder = await folderWith({
      'tokenizer_config.json': {
        bos_token: { __type: 'AddedToken', content: '<s>' },
        eos_token: '</s>',
        unk_token: null,
        additional_special_tokens: ['<a>', { content: '<b>' }],
        model_max_length: 5,
      },
      'special_tokens_map.json': { eos_token: '<other>', unk_token: { content: '<unk>' }, pad_token: '<pad>' },
    });
    expect((await readTokenizerConfig(folder)).specialTokens).toEqual({
      bos_token: '<s>',
      eos_token: '</s>',
      unk_token: '<unk>',
      pad_token: '<pad>',
      additional_special_tokens: ['<a>', '<b>'],
    });
  });

  it('takes a model without these files', async () => {
    const config = await readTokenizerConfig(await folderWith({}));
    expect(config).toEqual({ specialTokens: {}, chatTemplates: new Map() });
  });

  it.each([
    ['a string', { 'tokenizer_config.json': { chat_template: 'a' } }, { default: 'a' }],
    [
      'a list',
      {
        'tokenizer_config.json': {
          chat_template: [
            { name: 'default', template: 'a' },
            { name: 'rag', template: 'b' },
          ],
        },
      },
      { default: 'a', rag: 'b' },
    ],
    ['chat_template.json', { 'chat_template.json': { chat_template: 'j' } }, { default: 'j' }],
    [
      'chat_template.jinja, which wins',
      {
        'tokenizer_config.json': { chat_template: 'a' },
        'chat_template.json': { chat_template: 'j' },
        'chat_template.jinja': 'f',
      },
      { default: 'f' },
    ],
    [
      'additional_chat_templates',
      { 'chat_template.jinja': 'f', 'additional_chat_templates/tool_use.jinja': 't' },
      { default: 'f', tool_use: 't' },
    ],
  ])('reads templates from %s', async (_, files, expected) => {
    const { chatTemplates } = await readTokenizerConfig(await folderWith(files));
    expect(Object.fromEntries(chatTemplates)).toEqual(expected);
  });

  it('reads another file in place of the folder’s, and what lies beside that one', async () => {
    const folder = await folderWith({
      'tokenizer_config.json': { chat_template: 'mine' },
      'chat_template.jinja': 'mine too',
    });
    const other = await folderWith({ 'my.json': { chat_template: 'other', bos_token: '<o>' } });
    const config = await readTokenizerConfig(folder, join(other, 'my.json'));
    expect(Object.fromEntries(config.chatTemplates)).toEqual({ default: 'other' });
    expect(config.specialTokens).toEqual({ bos_token: '<o>' });
  });

  it('names the other file where it is missing', async () => {
    await expect(readTokenizerConfig('/nowhere', '/nowhere/at-all.json')).rejects.toMatchObject({
      code: 'invalid_setting',
      param: 'tokenizer-config-path',
      message: expect.stringContaining('/nowhere/at-all.json'),
    });
  });

  it.each([
    ['is no JSON', 'tokenizer_config.json', '{"a":'],
    ['has a template of another kind', 'tokenizer_config.json', '{"chat_template": [{"name": "x"}]}'],
    ['is no JSON', 'special_tokens_map.json', ''],
  ])('names the file that %s', async (_, name, content) => {
    const folder = await folderWith({ [name]: content });
    await expect(readTokenizerConfig(folder)).rejects.toMatchObject({
      code: 'invalid_checkpoint',
      message: expect.stringContaining(join(folder, name)),
    });
  });
});
