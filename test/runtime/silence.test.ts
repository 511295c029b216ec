import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { workerEntry } from '../../src/system/worker-entry.ts';

/** Runs a graph that fails: three elements can't be seven. */
function runFailing(kind: 'c-api' | 'node') {
  const built = (path: string) => JSON.stringify(pathToFileURL(workerEntry(path)).href);
  const program = `
    const { openRuntime } = await import(${built('runtime/open-runtime')});
    const { GraphBuilder } = await import(${built('models/graph/graph-builder')});
    const graph = new GraphBuilder();
    const x = graph.input('x', 'float32', ['n']);
    graph.output(graph.node('Reshape', [x, graph.int64([7])], {}, 'y'), 'float32', [7]);
    const runtime = await openRuntime({ kind: '${kind}' });
    const session = await runtime.createSession(graph.build());
    const binding = session.createBinding();
    binding.bindInput('x', runtime.hostTensor('float32', [3]));
    binding.bindOutput('y', runtime.hostTensor('float32', [7]));
    await binding.run().catch((error) => process.stdout.write(error.message));`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
}

describe('a run that fails', () => {
  it.each(['c-api', 'node'] as const)('says so by its error alone, and prints nothing: %s', (kind) => {
    const { stdout, stderr } = runFailing(kind);
    expect(stdout).toMatch(/ONNX Runtime failed running a graph: .*Reshape/s);
    expect(stderr).toBe('');
  });
});
