/** @huggingface/inference on an endpoint's URL. */
import assert from 'node:assert/strict';
import { InferenceClient } from '@huggingface/inference';
import { all, BASE, MESSAGES, PROMPT, run } from './checks.js';

const endpoint = new InferenceClient('none').endpoint(BASE);
// /v1/completions, where this goes, samples: the seed makes it repeatable.
const input = { inputs: PROMPT, parameters: { max_new_tokens: 20, return_full_text: false, seed: 7 } };
const asked = { messages: MESSAGES, temperature: 0, max_tokens: 40 };

await run('@huggingface/inference', {
  'textGenerationStream gives the text of textGeneration': async () => {
    const { generated_text } = await endpoint.textGeneration(input);
    assert.ok(generated_text.length > 0);
    // The client sends both to /v1/completions and hands the stream's chunks out as they are.
    const chunks = await all(endpoint.textGenerationStream(input));
    assert.equal(chunks.map(({ choices }) => choices[0].text).join(''), generated_text);
  },
  'chatCompletionStream gives the text of chatCompletion': async () => {
    const { choices, usage } = await endpoint.chatCompletion(asked);
    assert.equal(usage.total_tokens, usage.prompt_tokens + usage.completion_tokens);
    const chunks = await all(endpoint.chatCompletionStream(asked));
    assert.equal(chunks.map((chunk) => chunk.choices[0].delta.content).join(''), choices[0].message.content);
    assert.equal(chunks.at(-1).choices[0].finish_reason, 'stop');
  },
  'a field out of range rejects with the status and the reason': async () => {
    const refused = endpoint.chatCompletion({ ...asked, temperature: -1 });
    await assert.rejects(refused, (error) => {
      assert.equal(error.httpResponse.status, 422);
      return /temperature/.test(JSON.stringify(error.httpResponse.body));
    });
  },
});
