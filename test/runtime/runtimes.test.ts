import { afterAll, describe, expect, it } from '@jest/globals';
import { ParlanceError } from '../../src/errors/errors.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import type { Runtime } from '../../src/runtime/runtime.ts';
import { selfTest } from '../../src/runtime/self-test.ts';
import { doublingGraph, lookupGraph, unknownOperatorGraph } from './small-graphs.ts';

const runtimes = [await openRuntime({ kind: 'c-api' }), await openRuntime({ kind: 'node' })];
afterAll(() => {
  for (const runtime of runtimes) runtime.dispose();
});

describe.each(runtimes)('the $kind runtime', (runtime) => {
  it('is the pinned version of ONNX Runtime', () => {
    expect(runtime.version).toBe('1.30.0');
  });

  it('names what a graph takes and gives', async () => {
    const session = await runtime.createSession(doublingGraph());
    expect([session.inputNames, session.outputNames]).toEqual([['x'], ['doubled']]);
    session.dispose();
  });

  it('writes results into the arrays that are bound, run after run', async () => {
    const session = await runtime.createSession(doublingGraph());
    const binding = session.createBinding();
    const x = runtime.hostTensor('float32', [3]);
    const doubled = runtime.hostTensor('float32', [3]);
    binding.bindInput('x', x);
    binding.bindOutput('doubled', doubled);
    const results = [];
    for (const values of [
      [1, 2, 3],
      [-4, 0.5, 0],
    ]) {
      x.data.set(values);
      await binding.run();
      results.push([...doubled.data]);
    }
    expect(results).toEqual([
      [2, 4, 6],
      [-8, 1, 0],
    ]);
    binding.dispose();
    session.dispose();
  });

  it('leaves JavaScript’s arithmetic as it was', async () => {
    await double(runtime, Float32Array.of(1));
    const smallest = Number.parseFloat('5e-324');
    expect(smallest * 1).toBeGreaterThan(0);
  });

  it('lays a tensor over an array of the caller', async () => {
    const data = Float32Array.of(7, 8, 9);
    expect(await double(runtime, data.subarray(1))).toEqual([16, 18]);
  });

  it('runs on no elements at all', async () => {
    expect(await double(runtime, new Float32Array(0))).toEqual([]);
  });

  it('lays overlapping tensors over a block of memory and copies within it', async () => {
    const session = await runtime.createSession(doublingGraph());
    const binding = session.createBinding();
    const block = runtime.reserve(4096);
    const [low, high] = [block.tensor('float32', [2], 0), block.tensor('float32', [2], 1024)];
    binding.bindInput('x', runtime.hostTensor('float32', [2], Float32Array.of(3, 5)));
    binding.bindOutput('doubled', low);
    await binding.run();
    block.copy(0, 1024, 8);
    const result = runtime.hostTensor('float32', [2]);
    binding.bindInput('x', high);
    binding.bindOutput('doubled', result);
    await binding.run();
    expect([...result.data]).toEqual([12, 20]);
    binding.dispose();
    session.dispose();
    block.dispose();
  });

  it('passes the self-test of a cache in place', async () => {
    await expect(selfTest(runtime)).resolves.toBeUndefined();
  });

  it('says in ONNX Runtime’s words why a graph is refused', async () => {
    const error = await errorOf(runtime.createSession(unknownOperatorGraph()));
    expect(error).toMatchObject({ code: 'runtime', message: expect.stringContaining('Frobnicate') });
  });

  it('says in ONNX Runtime’s words why a run failed, and runs again', async () => {
    const session = await runtime.createSession(lookupGraph());
    const binding = session.createBinding();
    const ids = runtime.hostTensor('int64', [1], BigInt64Array.of(3n));
    const y = runtime.hostTensor('float32', [1]);
    binding.bindInput('ids', ids);
    binding.bindOutput('y', y);
    const error = await errorOf(binding.run());
    expect(error).toMatchObject({ code: 'runtime', message: expect.stringMatching(/indices.*out of.*bounds/) });
    ids.data[0] = 2n;
    await binding.run();
    expect([...y.data]).toEqual([30]);
    binding.dispose();
    session.dispose();
  });

  it('refuses a value that the graph does not have', async () => {
    const session = await runtime.createSession(doublingGraph());
    const binding = session.createBinding();
    const bind = () => binding.bindInput('z', runtime.hostTensor('float32', [1]));
    expect(bind).toThrow(expect.objectContaining({ code: 'runtime', message: expect.stringContaining('z') }));
    binding.dispose();
    session.dispose();
  });
});

describe('the C API', () => {
  it('computes with denormals as zeros, which are a hundred times faster', async () => {
    expect(await double(runtimes[0]!, Float32Array.of(1e-40, 1e-30))).toEqual([0, Math.fround(2e-30)]);
  });
});

async function double(runtime: Runtime, values: Float32Array): Promise<number[]> {
  const session = await runtime.createSession(doublingGraph());
  const binding = session.createBinding();
  const doubled = runtime.hostTensor('float32', [values.length]);
  binding.bindInput('x', runtime.hostTensor('float32', [values.length], values));
  binding.bindOutput('doubled', doubled);
  await binding.run();
  binding.dispose();
  session.dispose();
  return [...doubled.data];
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error instanceof ParlanceError ? { code: error.code, message: error.message } : error),
  );
}
