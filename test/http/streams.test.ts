import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAnswer } from './support/answers.ts';
import { eventsOf, serve } from './support/serve.ts';

interface Chunk {
  readonly choices: readonly { readonly delta: { readonly content: string }; readonly text: string }[];
}

const tokens = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });

describe('whatever the model says', () => {
  it('is streamed by every API as it is answered whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        tokens,
        fc.option(fc.string({ minLength: 1, maxLength: 2 })),
        fc.boolean(),
        async (texts, stop, hasLogprobs) => {
          const server = await serve({ says: { '<user>hi<assistant>': texts, hi: texts } });
          const fields = { ...(stop === null ? {} : { stop }), temperature: 0 };
          const stream = async (path: string, body: object) =>
            (await eventsOf(await server.post(path, { ...body, ...fields, stream: true }))).filter(
              (event) => event !== '[DONE]',
            );
          const whole = async (path: string, body: object) =>
            (await readAnswer(await server.post(path, { ...body, ...fields }))).body;

          const chat = { messages: [{ role: 'user', content: 'hi' }], logprobs: hasLogprobs };
          const chunks = (await stream('/v1/chat/completions', chat)) as Chunk[];
          expect(chunks.map(({ choices }) => choices[0]!.delta.content).join('')).toBe(
            (await whole('/v1/chat/completions', chat)).choices[0]!.message.content,
          );
          const completion = { prompt: 'hi', ...(hasLogprobs ? { logprobs: 1 } : {}) };
          const texts2 = (await stream('/v1/completions', completion)) as Chunk[];
          expect(texts2.map(({ choices }) => choices[0]!.text).join('')).toBe(
            (await whole('/v1/completions', completion)).choices[0]!.text,
          );

          const generate = {
            inputs: 'hi',
            parameters: { return_full_text: false, details: true, ...(stop === null ? {} : { stop: [stop] }) },
          };
          const events = (await stream('/', generate)) as { generated_text: string | null; token: object }[];
          const [answer] = (await (await server.post('/', generate)).json()) as {
            generated_text: string;
            details: { tokens: object[] };
          }[];
          expect(events.at(-1)!.generated_text).toBe(answer!.generated_text);
          expect(events.map(({ token }) => token)).toEqual(answer!.details.tokens);
          await server.stop();
        },
      ),
      { numRuns: 25 },
    );
  });
});
