/** openai-node: chat, streams, `.parse()` with zod, the tool runner, errors. */
import assert from 'node:assert/strict';
import OpenAI, { UnprocessableEntityError } from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { all, MESSAGES, OPENAI, PROMPT, run } from './checks.js';

const client = new OpenAI({ ...OPENAI, maxRetries: 0 });
const asked = { model: 'parlance', messages: MESSAGES, temperature: 0, max_tokens: 200 };
const Reading = z.object({
  city: z.string().max(10),
  unit: z.enum(['celsius', 'kelvin']),
  degrees: z.number().int().min(0).max(99),
});
const answerText = async () => (await client.chat.completions.create(asked)).choices[0].message.content;

/** A tool that remembers what it was called with. */
function recordingTool() {
  const calls = [];
  const tool = {
    type: 'function',
    function: {
      name: 'weather',
      parse: JSON.parse,
      parameters: { type: 'object', properties: { city: { enum: ['Paris', 'Oslo'] } }, required: ['city'] },
      function: (args) => {
        calls.push(args);
        return '12 degrees';
      },
    },
  };
  return { calls, tool };
}

await run('openai', {
  'streamed chat prints the whole answer, then its usage': async () => {
    const whole = await client.chat.completions.create(asked);
    assert.equal(whole.choices[0].finish_reason, 'stop');
    assert.equal(whole.usage.total_tokens, whole.usage.prompt_tokens + whole.usage.completion_tokens);
    const stream = await client.chat.completions.create({
      ...asked,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await all(stream);
    const last = chunks.pop();
    assert.equal(chunks.map((chunk) => chunk.choices[0].delta.content).join(''), whole.choices[0].message.content);
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
    assert.deepEqual(last.choices, []);
    assert.equal(last.usage.completion_tokens, whole.usage.completion_tokens);
  },
  'the stream helper emits the whole answer': async () => {
    const stream = client.chat.completions.stream(asked);
    let text = '';
    stream.on('content', (delta) => {
      text += delta;
    });
    assert.equal(await stream.finalContent(), await answerText());
    assert.equal(text, await answerText());
  },
  'parse() gives the object of the zod schema, streamed too': async () => {
    const format = { ...asked, response_format: zodResponseFormat(Reading, 'reading') };
    const { parsed } = (await client.chat.completions.parse(format)).choices[0].message;
    assert.deepEqual(Reading.parse(parsed), parsed);
    const streamed = await client.chat.completions.stream(format).finalChatCompletion();
    assert.deepEqual(streamed.choices[0].message.parsed, parsed);
  },
  'runTools calls the function and returns its result to the model': async () => {
    for (const stream of [false, true]) {
      const { calls, tool } = recordingTool();
      const options = { ...asked, stream, tools: [tool], tool_choice: 'required' };
      const runner = client.chat.completions.runTools(options, { maxChatCompletions: 2 });
      await runner.done();
      assert.ok(calls.length >= 2, 'a call in each of two turns');
      assert.ok(calls.every(({ city }) => ['Paris', 'Oslo'].includes(city)));
      assert.ok(runner.messages.some(({ role, content }) => role === 'tool' && content === '12 degrees'));
    }
  },
  'completions give the same text whole and streamed': async () => {
    const prompt = { model: 'parlance', prompt: PROMPT, temperature: 0, max_tokens: 20 };
    const { text } = (await client.completions.create(prompt)).choices[0];
    assert.ok(text.length > 0);
    const chunks = await all(await client.completions.create({ ...prompt, stream: true }));
    assert.equal(chunks.map((chunk) => chunk.choices[0].text).join(''), text);
  },
  'a field out of range rejects with UnprocessableEntityError, a stream too': async () => {
    for (const stream of [false, true]) {
      const refused = client.chat.completions.create({ ...asked, temperature: -1, stream });
      await assert.rejects(refused, (error) => error instanceof UnprocessableEntityError && /temperature/.test(error));
    }
  },
  'models lists the served model': async () => {
    assert.equal((await all(client.models.list())).length, 1);
  },
});
