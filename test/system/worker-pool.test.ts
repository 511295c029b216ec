import { afterEach, describe, expect, it } from '@jest/globals';
import { WorkerPool, type WorkerPoolOptions } from '../../src/system/worker-pool.ts';

interface Answer {
  readonly task: string;
  readonly threadId: number;
  readonly workerData: unknown;
}

const opened: WorkerPool<string, Answer>[] = [];
afterEach(() => Promise.all(opened.splice(0).map((pool) => pool.close())));

function openPool(more: Partial<WorkerPoolOptions> = {}): WorkerPool<string, Answer> {
  const failure = { code: 'template_error', timedOut: 'it took too long', died: 'it died' } as const;
  const entry = '../test/support/workers/obedient-worker';
  const pool = new WorkerPool<string, Answer>({ entry, numWorkers: 1, failure, ...more });
  opened.push(pool);
  return pool;
}

describe('a worker pool', () => {
  it('gives each worker its data and each task its answer', async () => {
    const pool = openPool({ workerData: { of: 'the pool' }, numWorkers: 2 });
    await pool.start();
    const tasks = Array.from({ length: 20 }, (_, i) => `task ${i}`);
    const answers = await Promise.all(tasks.map((task) => pool.run(task)));
    expect(answers.map(({ task }) => task)).toEqual(tasks);
    expect(answers[0]!.workerData).toEqual({ of: 'the pool' });
    expect(new Set(answers.map(({ threadId }) => threadId)).size).toBe(2);
  });

  it('passes the error of a task on and keeps the worker', async () => {
    const pool = openPool();
    const { threadId } = await pool.run('a');
    await expect(pool.run('fail')).rejects.toMatchObject({ code: 'internal', message: 'this task fails' });
    expect((await pool.run('b')).threadId).toBe(threadId);
  });

  it.each([
    ['die', 'it died'],
    ['throw', 'it died: out of the blue'],
  ])('fails the one task whose worker came to %s, and replaces the worker', async (task, message) => {
    const pool = openPool();
    const outcomes = await Promise.allSettled(['a', task, 'b', 'c'].map((one) => pool.run(one)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    await expect(pool.run(task)).rejects.toMatchObject({ code: 'template_error', message });
  });

  it('ends a task that takes too long, while other workers go on', async () => {
    const pool = openPool({ numWorkers: 2, timeLimitMs: 300 });
    await pool.start();
    const spinning = expect(pool.run('spin')).rejects.toMatchObject({ message: 'it took too long' });
    const others = await Promise.all(['a', 'b', 'c'].map((task) => pool.run(task)));
    expect(new Set(others.map(({ threadId }) => threadId)).size).toBe(1);
    await spinning;
    expect((await pool.run('d')).task).toBe('d');
  });

  it('ends no task that was kept waiting for a processor, but for one that waits for long', async () => {
    const patient = openPool({ timeLimitMs: 100 });
    expect((await patient.run('wait')).task).toBe('wait');
    const hasty = openPool({ timeLimitMs: 10 });
    await expect(hasty.run('wait')).rejects.toMatchObject({ message: 'it took too long' });
  });

  it('drops a task that was aborted before a worker took it', async () => {
    const pool = openPool();
    const abort = new AbortController();
    const first = pool.run('a');
    const second = expect(pool.run('b', abort.signal)).rejects.toThrow('gone');
    abort.abort(new Error('gone'));
    await second;
    expect((await first).task).toBe('a');
  });

  it('says at its start that a worker cannot be started', async () => {
    const pool = openPool({ entry: '../test/support/workers/no-such-worker' });
    await expect(pool.start()).rejects.toMatchObject({ code: 'template_error' });
    await expect(pool.run('a')).rejects.toMatchObject({ code: 'template_error' });
  });

  it('fails what waits and what runs when it is closed', async () => {
    const pool = openPool();
    const outcomes = Promise.allSettled([pool.run('spin'), pool.run('a')]);
    await pool.close();
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'unavailable' } });
    await expect(pool.run('b')).rejects.toMatchObject({ code: 'unavailable' });
  });
});
