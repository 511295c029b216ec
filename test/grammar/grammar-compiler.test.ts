import { afterAll, describe, expect, it } from '@jest/globals';
import { createGrammarCompiler } from '../../src/grammar/compile/grammar-compiler.ts';
import type { GrammarSpec } from '../../src/grammar/compile/grammar-spec.ts';

const schema = (value: unknown): GrammarSpec => ({ kind: 'json-schema', schema: value });

/** A thousand ranges of letters in each of 500 states: seconds of work before it is too large. */
const bomb = (salt: number): GrammarSpec => ({ kind: 'regex', pattern: `\\p{L}{${salt},500}` });

describe('the grammar compiler', () => {
  const compiler = createGrammarCompiler({ timeLimitMs: 1000, maxCached: 3 });
  afterAll(() => compiler.close());

  it('compiles the same grammar once, for requests at the same time and later', async () => {
    const spec = schema({ type: 'integer', minimum: 3 });
    const [first, second] = await Promise.all([compiler.compile(spec), compiler.compile({ ...spec })]);
    expect(second).toBe(first);
    expect(await compiler.compile(spec)).toBe(first);
  });

  it('forgets the grammar that was used longest ago when it keeps too many', async () => {
    const specs = [10, 11, 12, 13].map((minimum) => schema({ type: 'integer', minimum }));
    const [first, second] = await Promise.all(specs.slice(0, 2).map((spec) => compiler.compile(spec)));
    await compiler.compile(specs[2]!);
    await compiler.compile(specs[0]!);
    await compiler.compile(specs[3]!);
    expect(await compiler.compile(specs[0]!)).toBe(first);
    expect(await compiler.compile(specs[1]!)).not.toBe(second);
  });

  it('takes integers that no double holds', async () => {
    const spec = (value: bigint) => schema({ const: value, maximum: 2n ** 64n, maxLength: 2n ** 63n });
    const [first, second] = await Promise.all([
      compiler.compile(spec(2n ** 60n)),
      compiler.compile(spec(2n ** 60n + 1n)),
    ]);
    expect(first.key).not.toBe(second.key);
  });

  it('names the keyword that it does not support', async () => {
    const refused = compiler.compile(schema({ type: 'object', properties: { a: { not: { type: 'string' } } } }));
    await expect(refused).rejects.toMatchObject({
      code: 'invalid_grammar',
      message: 'Invalid schema at #/properties/a: the keyword "not" is not supported',
      param: '#/properties/a',
    });
  });

  it('ends a compilation that takes too long, and compiles the next grammar', async () => {
    const started = performance.now();
    const bombs = await Promise.allSettled([bomb(1), bomb(2), bomb(3)].map((spec) => compiler.compile(spec)));
    for (const result of bombs) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { code: 'invalid_grammar', message: expect.stringContaining('took longer than 1000 ms') },
      });
    }
    const { key } = await compiler.compile(schema({ type: 'boolean' }));
    expect(key).toHaveLength(43);
    expect(performance.now() - started).toBeLessThan(40_000);
  });

  it('lets a request leave while its grammar compiles', async () => {
    const controller = new AbortController();
    const waiting = compiler.compile(bomb(4), controller.signal);
    controller.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
  });
});
