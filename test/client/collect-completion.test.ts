import { describe, expect, it } from '@jest/globals';
import type { ChatCompletionChunk } from '../../src/client/chat-types.ts';
import { collectCompletion } from '../../src/client/collect-completion.ts';
import { chunk } from './support/chat-stream.ts';

async function* stream(...chunks: ChatCompletionChunk[]) {
  yield* chunks;
}

describe('collecting a stream', () => {
  it('gives the completion that would have come whole', async () => {
    const logprob = (token: string) => ({ content: [{ token, logprob: -1 }] });
    const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
    const completion = await collectCompletion(
      stream(
        chunk({ delta: { role: 'assistant', content: '' } }),
        chunk({ delta: { content: 'Hel' }, logprobs: logprob('Hel') }),
        chunk({ delta: { content: 'lo' }, logprobs: logprob('lo') }),
        chunk({ finish_reason: 'length' }),
        { ...chunk(), choices: [], usage },
      ),
    );
    expect(completion).toEqual({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'test',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Hello' },
          finish_reason: 'length',
          logprobs: { content: [...logprob('Hel').content, ...logprob('lo').content] },
        },
      ],
      usage,
    });
  });

  it('keeps choices apart and joins the parts of each tool call', async () => {
    const call = (index: number, text: string, name?: string) =>
      chunk({
        index: 1,
        delta: {
          tool_calls: [
            { index, ...(name && { id: `call_${index}` }), function: { ...(name && { name }), arguments: text } },
          ],
        },
      });
    const { choices } = await collectCompletion(
      stream(
        chunk({ index: 1, delta: { role: 'assistant', content: '' } }),
        call(0, '', 'weather'),
        chunk({ index: 0, delta: { content: 'text' } }),
        call(0, '{"city":'),
        call(1, '', 'time'),
        call(0, '"Rome"}'),
        call(1, '{}'),
        chunk({ index: 1, finish_reason: 'tool_calls' }),
        chunk({ index: 0, finish_reason: 'stop' }),
      ),
    );
    expect(choices.map(({ index, message, finish_reason }) => ({ index, message, finish_reason }))).toEqual([
      { index: 0, message: { role: 'assistant', content: 'text' }, finish_reason: 'stop' },
      {
        index: 1,
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_0', type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } },
            { id: 'call_1', type: 'function', function: { name: 'time', arguments: '{}' } },
          ],
        },
        finish_reason: 'tool_calls',
      },
    ]);
  });

  it('refuses an answer that was cut off', async () => {
    const cut = collectCompletion(stream(chunk({ delta: { content: 'Hel' } })));
    await expect(cut).rejects.toMatchObject({ code: 'incomplete_stream' });
  });
});
