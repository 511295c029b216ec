import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it } from '@jest/globals';
import { shareGrammar } from '../../src/grammar/automaton/compiled-grammar.ts';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import { MatcherFactory } from '../../src/grammar/masks/matcher.ts';
import { MatcherThread, startMatcherWorker } from '../../src/grammar/masks/matcher-thread.ts';
import { localConstraints, type TokenConstraint } from '../../src/grammar/masks/token-constraint.ts';
import { isAllowed } from '../../src/grammar/masks/token-mask.ts';
import type { Vocabulary } from '../../src/grammar/vocabulary/vocabulary.ts';
import { seededRandom } from './support/random-model.ts';
import { modelVocabulary } from './support/vocabularies.ts';

const { vocabulary, stopId } = modelVocabulary('qwen2');
const schema = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 20 }, list: { type: 'array', items: { type: 'integer' } } },
  required: ['name', 'list'],
};
const grammar = shareGrammar('test', compileGrammar({ kind: 'json-schema', schema }));
const local = localConstraints(new MatcherFactory(vocabulary));

const allowed = (constraint: TokenConstraint) => {
  const mask = constraint.mask();
  return Array.from({ length: vocabulary.size }, (_, id) => id).filter((id) => isAllowed(mask, id));
};

describe('the matcher thread', () => {
  const thread = new MatcherThread({ vocabulary, timeLimitMs: 10_000 });
  afterAll(() => thread.close());

  it('gives the masks that a matcher in the calling thread gives, for several sequences at once', () => {
    const random = seededRandom(3);
    const pairs = Array.from({ length: 4 }, () => [
      thread.open(grammar, [stopId], 100),
      local.open(grammar, [stopId], 100),
    ]);
    for (let step = 0; step < 30; step++) {
      for (const [remote, own] of pairs) {
        const ids = allowed(remote!);
        expect(ids).toEqual(allowed(own!));
        if (ids.length === 0) continue;
        const id = ids[Math.floor(random() * ids.length)]!;
        remote!.advance(id);
        own!.advance(id);
      }
    }
    for (const [remote] of pairs) remote!.close();
  });

  it('ends a sequence alone that takes a token which is not allowed', () => {
    const wrong = thread.open(grammar, [stopId], 100);
    const right = thread.open(grammar, [stopId], 100);
    wrong.mask();
    wrong.advance(stopId);
    expect(() => wrong.mask()).toThrow('the grammar does not allow');
    expect(allowed(right).length).toBeGreaterThan(0);
  });
});

/** A thread, its workers, and sequences of which each step is compared with a matcher in the calling thread. */
function observed(firstWorker: (vocabulary: Vocabulary) => Worker, timeLimitMs: number) {
  const workers: Worker[] = [];
  const startWorker = () => {
    workers.push(workers.length === 0 ? firstWorker(vocabulary) : startMatcherWorker(vocabulary));
    return workers.at(-1)!;
  };
  const thread = new MatcherThread({ vocabulary, timeLimitMs, startWorker });
  const sequences = [0, 1].map(() => ({
    remote: thread.open(grammar, [stopId], 60),
    own: local.open(grammar, [stopId], 60),
  }));
  const random = seededRandom(5);
  const step = () => {
    for (const { remote, own } of sequences) {
      const ids = allowed(remote);
      expect(ids).toEqual(allowed(own));
      const id = ids[Math.floor(random() * ids.length)]!;
      remote.advance(id);
      own.advance(id);
    }
  };
  return { thread, workers, step };
}

describe('a matcher thread that is replaced', () => {
  it('goes on where the one that died was: the tokens of every sequence are read again', async () => {
    const { thread, workers, step } = observed(startMatcherWorker, 10_000);
    step();
    step();
    await workers[0]!.terminate();
    step();
    step();
    expect(workers).toHaveLength(2);
    await thread.close();
  });

  it('takes over from one that hangs, within the time limit and with the caller blocked', async () => {
    const hang = () => new Worker('setInterval(() => {}, 1000)', { eval: true });
    const { thread, workers, step } = observed(hang, 3_000);
    step();
    expect(workers).toHaveLength(2);
    await thread.close();
  });

  it('fails what runs when no thread gives an answer', async () => {
    const startWorker = () => new Worker('setInterval(() => {}, 1000)', { eval: true });
    const thread = new MatcherThread({ vocabulary, timeLimitMs: 50, startWorker });
    expect(() => thread.open(grammar, [stopId], 60).mask()).toThrow('the grammar gave no mask within 50 ms');
    await thread.close();
  });
});
