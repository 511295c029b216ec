import { describe, expect, it } from '@jest/globals';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import type { Binding, Runtime } from '../../src/runtime/runtime.ts';
import { selfTest, selfTestModel } from '../../src/runtime/self-test.ts';
import { selfTestGraph } from './small-graphs.ts';

describe('the self-test', () => {
  it('carries the graph that the builder makes', () => {
    expect(selfTestModel).toBe(Buffer.from(selfTestGraph()).toString('base64'));
  });

  it('fails where the cache is not kept in place', async () => {
    const runtime = await openRuntime({ kind: 'c-api' });
    await expect(selfTest(forgetful(runtime))).rejects.toMatchObject({
      code: 'runtime',
      message: expect.stringContaining('position 1'),
    });
    runtime.dispose();
  });
});

/** The runtime, but outputs of the cache go elsewhere than its inputs come from. */
function forgetful(runtime: Runtime): Runtime {
  const elsewhere = runtime.reserve(4096).tensor('float32', [1, 1, 4, 8], 0);
  const detached = (binding: Binding): Binding => ({
    ...binding,
    bindOutput: (name, tensor) => binding.bindOutput(name, name.startsWith('present') ? elsewhere : tensor),
  });
  return {
    ...runtime,
    createSession: async (...args) => {
      const session = await runtime.createSession(...args);
      return { ...session, createBinding: () => detached(session.createBinding()) };
    },
  };
}
