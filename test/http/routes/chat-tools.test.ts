import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAnswer } from '../support/answers.ts';
import { eventsOf, serve, type TestServer } from '../support/serve.ts';

const called = [
  'I look.',
  '\n<tool_call>',
  '{"name": "f"',
  ', "arguments": {"a"',
  ': 1}}',
  '</tool_call>',
  '\n<tool_call>{"name": "g", "arguments": {}}</tool_call>',
];
const tools = ['f', 'g'].map((name) => ({
  type: 'function',
  function: { name, parameters: { type: 'object', properties: {} } },
}));
const ask = (content: string) => ({ messages: [{ role: 'user', content }], tools, temperature: 0 });

let server: TestServer;
beforeAll(async () => {
  server = await serve({
    says: {
      '<user>both<assistant>': called,
      '<user>call<assistant>': called.slice(1, 6).map((text) => text.trimStart()),
      '<user>json<assistant>': ['{"mark"', ': "<tool_', 'call>"}'],
      '<user>cut<assistant>': called.slice(1, 4),
    },
  });
});
afterAll(() => server.stop());

interface Delta {
  readonly content?: string;
  readonly tool_calls?: readonly {
    index: number;
    id?: string;
    type?: string;
    function: { name?: string; arguments: string };
  }[];
}
interface Chunk {
  readonly choices: readonly { readonly delta: Delta; readonly finish_reason: string | null }[];
}

const chat = async (body: object) =>
  (await readAnswer(await server.post('/v1/chat/completions', body))).body.choices[0];
const asked = () => server.generator.requests.at(-1)!;

describe('a chat with tools', () => {
  it('answers with text and calls', async () => {
    expect(await chat(ask('both'))).toMatchObject({
      message: {
        role: 'assistant',
        content: 'I look.',
        tool_calls: [
          { type: 'function', function: { name: 'f', arguments: '{"a": 1}' } },
          { type: 'function', function: { name: 'g', arguments: '{}' } },
        ],
      },
      finish_reason: 'tool_calls',
    });
  });

  it('answers with null for content where there are calls alone', async () => {
    expect(await chat(ask('call'))).toMatchObject({
      message: { content: null, tool_calls: [{ function: { name: 'f' } }] },
    });
  });

  it('streams the name and id of a call once, then its arguments as they come', async () => {
    const response = await server.post('/v1/chat/completions', { ...ask('both'), stream: true });
    const chunks = (await eventsOf(response)).filter((event) => event !== '[DONE]') as Chunk[];
    const deltas = chunks.map(({ choices }) => choices[0]!.delta);
    const calls = deltas.flatMap((delta) => delta.tool_calls ?? []);
    const of = (index: number) => calls.filter((call) => call.index === index);
    expect(
      [0, 1].map((i) =>
        of(i)
          .map((call) => call.function.name)
          .filter(Boolean),
      ),
    ).toEqual([['f'], ['g']]);
    expect([0, 1].map((i) => of(i).filter(({ id }) => id !== undefined).length)).toEqual([1, 1]);
    expect(
      [0, 1].map((i) =>
        of(i)
          .map((call) => call.function.arguments)
          .join(''),
      ),
    ).toEqual(['{"a": 1}', '{}']);
    expect(of(0).length).toBeGreaterThan(2);
    expect(deltas.map(({ content }) => content ?? '').join('')).toBe('I look.');
    expect(deltas.every((delta) => delta.tool_calls !== undefined || typeof delta.content === 'string')).toBe(true);
    expect(chunks.at(-1)!.choices[0]!.finish_reason).toBe('tool_calls');
  });

  it('tells of a call that was cut', async () => {
    expect(await chat({ ...ask('cut'), max_tokens: 3 })).toMatchObject({
      message: { tool_calls: [{ function: { name: 'f', arguments: '{"a"' } }] },
      finish_reason: 'length',
    });
  });

  it('holds the model to its tools, told to the template, with the marks of calls shown', async () => {
    await chat({ ...ask('call'), tool_choice: 'required', parallel_tool_calls: false });
    expect(asked().grammar).toMatchObject({ kind: 'parts' });
    expect(asked().shownTokens).toContain('<tool_call>');
    expect(server.generator.templateInputs.at(-1)!.tools).toEqual(tools);
  });

  it('refuses to call a tool that is not there, in TGI’s words', async () => {
    const choice = { type: 'function', function: { name: 'nope' } };
    const { status, body } = await readAnswer(
      await server.post('/v1/chat/completions', { ...ask('x'), tool_choice: choice }),
    );
    expect(status).toBe(422);
    expect(body.error).toMatchObject({ message: 'Tool with name nope not found', param: 'tool_choice' });
  });

  it('may be held to some of its tools, and is told of all', async () => {
    const only = (name: string) => ({
      type: 'allowed_tools',
      allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name } }] },
    });
    await chat({ ...ask('call'), tool_choice: only('g') });
    const held = asked().grammar;
    await chat({ ...ask('call'), tools: [tools[1]], tool_choice: 'required' });
    expect(held).toEqual(asked().grammar);
    expect(server.generator.templateInputs.at(-2)!.tools).toEqual(tools);
    const refused = await server.post('/v1/chat/completions', { ...ask('x'), tool_choice: only('nope') });
    expect((await readAnswer(refused)).body.error).toMatchObject({ message: 'Tool with name nope not found' });
  });

  it('calls none where none is asked for', async () => {
    await chat({ ...ask('x'), tool_choice: 'none' });
    expect(asked().grammar).toBeUndefined();
    expect(server.generator.templateInputs.at(-1)!.tools).toBeUndefined();
  });

  it('gives earlier calls and their results to the template, arguments as an object', async () => {
    const history = [
      { role: 'user', content: 'x' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      { role: 'tool', tool_call_id: '1', content: '42' },
    ];
    await chat({ ...ask('x'), messages: history });
    expect(server.generator.templateInputs.at(-1)!.messages).toEqual([
      { role: 'user', content: 'x' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: { a: 1 } } }],
      },
      { role: 'tool', tool_call_id: '1', content: '42' },
    ]);
  });
});

describe('a response format', () => {
  const schema = { type: 'object', properties: { a: { type: 'integer' } } };

  it.each([
    [{ type: 'text' }, undefined],
    [{ type: 'json_object' }, { kind: 'json-object' }],
    [
      { type: 'json_schema', json_schema: { name: 'n', strict: true, schema } },
      { kind: 'json-schema', schema },
    ],
    [
      { type: 'json_schema', value: { schema } },
      { kind: 'json-schema', schema },
    ],
    [
      { type: 'json', value: schema },
      { kind: 'json-schema', schema },
    ],
    [
      { type: 'json_object', value: { properties: schema.properties } },
      { kind: 'json-schema', schema },
    ],
    [
      { type: 'regex', value: '[0-9]+' },
      { kind: 'regex', pattern: '[0-9]+' },
    ],
  ])('%j becomes a grammar', async (response_format, grammar) => {
    await chat({ messages: [{ role: 'user', content: 'x' }], response_format });
    expect(asked().grammar).toEqual(grammar);
  });

  it('holds the text where tools may not be called, and nothing where they must be', async () => {
    const fields = { ...ask('call'), response_format: { type: 'json_object' } };
    await chat({ ...fields, tool_choice: 'none' });
    expect(asked().grammar).toEqual({ kind: 'json-object' });
    await chat({ ...fields, tool_choice: 'required' });
    expect(asked().grammar).toMatchObject({ kind: 'parts' });
  });

  it('holds the text alone where tools may be called or not', async () => {
    const format = { response_format: { type: 'json_object' } };
    expect(await chat({ ...ask('json'), ...format })).toMatchObject({
      message: { content: '{"mark": "<tool_call>"}' },
      finish_reason: 'stop',
    });
    expect(asked().grammar).toMatchObject({ kind: 'parts', parts: [{ kind: 'choice' }] });
    expect(await chat({ ...ask('call'), ...format })).toMatchObject({
      message: { content: null, tool_calls: [{ function: { name: 'f', arguments: '{"a": 1}' } }] },
      finish_reason: 'tool_calls',
    });
  });

  it('is refused by /chat_tokenize beside tools, as by TGI', async () => {
    const response = await server.post('/chat_tokenize', { ...ask('x'), response_format: { type: 'json_object' } });
    expect(await readAnswer(response)).toMatchObject({
      status: 422,
      body: { error: 'Tool error: Grammar and tools are mutually exclusive', error_type: 'tool_error' },
    });
  });

  it('is refused where grammars are off', async () => {
    const bare = await serve({ http: { grammarSupport: false } });
    for (const fields of [{ response_format: { type: 'json_object' } }, { tools }]) {
      const { status, body } = await readAnswer(
        await bare.post('/v1/chat/completions', { ...ask('x'), tools: undefined, ...fields }),
      );
      expect({ status, param: body.error.param }).toEqual({ status: 422, param: Object.keys(fields)[0] });
    }
    await bare.stop();
  });
});
