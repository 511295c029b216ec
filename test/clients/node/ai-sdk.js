/** The AI SDK with its openai-compatible provider. */
import assert from 'node:assert/strict';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateObject, generateText, streamObject, streamText, tool } from 'ai';
import { z } from 'zod';
import { all, OPENAI, run } from './checks.js';

const provider = createOpenAICompatible({
  name: 'parlance',
  ...OPENAI,
  includeUsage: true,
  supportsStructuredOutputs: true,
});
const model = provider('parlance');
const asked = { model, prompt: 'What is deep learning?', temperature: 0, maxOutputTokens: 200, maxRetries: 0 };
const Reading = z.object({ unit: z.enum(['celsius', 'kelvin']), degrees: z.number().int().min(0).max(99) });

await run('@ai-sdk/openai-compatible', {
  'streamText gives the text, reason and usage of generateText': async () => {
    const whole = await generateText(asked);
    assert.ok(whole.text.length > 0);
    const stream = streamText(asked);
    assert.equal((await all(stream.textStream)).join(''), whole.text);
    assert.equal(await stream.finishReason, whole.finishReason);
    assert.equal((await stream.usage).totalTokens, whole.usage.totalTokens);
  },
  'streamObject gives the object of generateObject': async () => {
    const { object } = await generateObject({ ...asked, schema: Reading });
    assert.deepEqual(Reading.parse(object), object);
    const stream = streamObject({ ...asked, schema: Reading });
    const parts = await all(stream.partialObjectStream);
    assert.ok(parts.length > 1, 'the object came at once');
    assert.deepEqual(await stream.object, object);
  },
  'a required tool is called, whole and streamed': async () => {
    const weather = tool({ inputSchema: z.object({ city: z.enum(['Paris', 'Oslo']) }), execute: ({ city }) => city });
    const withTool = { ...asked, tools: { weather }, toolChoice: 'required' };
    const whole = await generateText(withTool);
    assert.equal(whole.toolResults[0].output, whole.toolCalls[0].input.city);
    const [streamed] = await streamText(withTool).toolCalls;
    assert.deepEqual(streamed.input, whole.toolCalls[0].input);
  },
  'the completion model gives text, whole and streamed': async () => {
    const completion = { ...asked, model: provider.completionModel('parlance') };
    const { text } = await generateText(completion);
    assert.ok(text.length > 0);
    assert.equal((await all(streamText(completion).textStream)).join(''), text);
  },
  'a field out of range rejects with the status 422': async () => {
    await assert.rejects(generateText({ ...asked, temperature: -1 }), { statusCode: 422 });
  },
});
