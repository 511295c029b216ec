import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chooseToolFormat, type ToolReading } from '../../../src/grammar/tools/tool-format.ts';
import { readAnswer } from '../support/answers.ts';
import { eventsOf, serve, type TestServer } from '../support/serve.ts';

const parameters = { type: 'object', properties: { a: { type: 'integer' } } };
const tools = [{ type: 'function', function: { name: 'f', parameters } }];
const toolPrompt = 'Call f.';
const ask = (content: string) => ({
  messages: [{ role: 'user', content }],
  tools,
  tool_prompt: toolPrompt,
  temperature: 0,
});

const told = (names: readonly string[]) =>
  JSON.stringify(
    [
      { name: 'f', description: null, arguments: JSON.stringify(parameters) },
      {
        name: 'no_tool',
        description: 'Open ended response with no specific tool selected',
        arguments: '{"type":"object"}',
      },
    ]
      .filter(({ name }) => names.includes(name))
      .map(({ name, description, arguments: given }) => ({
        type: 'function',
        function: { description, name, arguments: given },
      })),
  );
const prompt = (content: string, ...names: string[]) =>
  `<user>${content}\n---\n${told(names)}\n${toolPrompt}<assistant>`;

const plain = { toolFormat: chooseToolFormat(undefined), toolReading: 'none' as ToolReading };

let server: TestServer;
beforeAll(async () => {
  server = await serve({
    ...plain,
    maxTotalTokens: 4096,
    says: {
      [prompt('call', 'f', 'no_tool')]: ['{"name": "f", ', '"parameters": {"a": 1}}'],
      [prompt('none', 'f', 'no_tool')]: [
        '{"name": "no_',
        'tool", "parameters": {"content"',
        ': "Hel',
        'lo\\',
        'n\\ud83d',
        '\\ude00 you"}}',
      ],
      [prompt('both', 'f', 'no_tool')]: [
        '{"name": "no_tool", "parameters": {"content": "Wait."}}; ',
        '{"name": "f", "parameters": {}}',
      ],
      [prompt('forced', 'f')]: ['{"name": "f", "parameters": {}}'],
    },
  });
});
afterAll(() => server.stop());

const chat = async (body: object) =>
  (await readAnswer(await server.post('/v1/chat/completions', body))).body.choices[0];

describe('a model that was not trained to call tools', () => {
  it('is told of them and of `no_tool` at the end of the last message, and its calls are read', async () => {
    expect(await chat(ask('call'))).toMatchObject({
      message: { content: null, tool_calls: [{ function: { name: 'f', arguments: '{"a": 1}' } }] },
      finish_reason: 'tool_calls',
    });
  });

  it('is told the same by /chat_tokenize', async () => {
    const { body } = await readAnswer(await server.post('/chat_tokenize', ask('call')));
    expect(body.templated_text).toBe(prompt('call', 'f', 'no_tool'));
  });

  it('is told of the named tool alone', async () => {
    const choice = { type: 'function', function: { name: 'f' } };
    expect(await chat({ ...ask('forced'), tool_choice: choice })).toMatchObject({ finish_reason: 'tool_calls' });
    expect(await chat({ ...ask('forced'), tool_choice: 'required' })).toMatchObject({ finish_reason: 'tool_calls' });
  });

  it('answers in text by calling `no_tool`', async () => {
    const choice = await chat(ask('none'));
    expect(choice).toMatchObject({ message: { content: 'Hello\n😀 you' }, finish_reason: 'stop' });
    expect(choice.message).not.toHaveProperty('tool_calls');
  });

  it('streams that text as it comes', async () => {
    const response = await server.post('/v1/chat/completions', { ...ask('none'), stream: true });
    const chunks = (await eventsOf(response)).filter((event) => event !== '[DONE]') as {
      choices: { delta: { content?: string } }[];
    }[];
    const texts = chunks.map(({ choices }) => choices[0]!.delta.content);
    expect(texts.filter((text) => text !== '')).toEqual(['Hel', 'lo', '\n', '😀 you']);
  });

  it('counts its calls without `no_tool`', async () => {
    expect(await chat(ask('both'))).toMatchObject({
      message: { content: 'Wait.', tool_calls: [{ function: { name: 'f', arguments: '{}' } }] },
    });
  });
});
