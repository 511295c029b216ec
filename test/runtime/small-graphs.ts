import { GraphBuilder } from '../../src/models/graph/graph-builder.ts';

const selfTestShape = { headDim: 8, maxPositions: 4 };

/** The graph whose bytes src/runtime/self-test.ts carries: attention over a cache, and a node that reads its result. */
export function selfTestGraph(): Uint8Array {
  const { headDim, maxPositions } = selfTestShape;
  const graph = new GraphBuilder();
  const cache = [1, 1, maxPositions, headDim];
  const inputs = ['query', 'key', 'value'].map((name) => graph.input(name, 'float32', [1, 1, headDim]));
  const pasts = ['past_key', 'past_value'].map((name) => graph.input(name, 'float32', cache));
  const lengths = ['last_position', 'length'].map((name) => graph.input(name, 'int32', [1]));
  const attended = { name: 'attended' };
  const presents = [{ name: 'present_key' }, { name: 'present_value' }];
  graph.nodeWithOutputs(
    'GroupQueryAttention',
    [...inputs, ...pasts, ...lengths],
    [attended, ...presents].map(({ name }) => name),
    { domain: 'com.microsoft', attributes: { num_heads: 1, kv_num_heads: 1 } },
  );
  graph.output(graph.node('Add', [attended, attended], {}, 'doubled'), 'float32', [1, 1, headDim]);
  for (const present of presents) graph.output(present, 'float32', cache);
  return graph.build();
}

/** doubled = x + x over any number of elements. */
export function doublingGraph(): Uint8Array {
  const graph = new GraphBuilder();
  const x = graph.input('x', 'float32', ['n']);
  graph.output(graph.node('Add', [x, x], {}, 'doubled'), 'float32', ['n']);
  return graph.build();
}

/** A graph that ONNX Runtime refuses: the operator is unknown. */
export function unknownOperatorGraph(): Uint8Array {
  const graph = new GraphBuilder();
  const x = graph.input('x', 'float32', [1]);
  graph.output(graph.node('Frobnicate', [x], {}, 'y'), 'float32', [1]);
  return graph.build();
}

/** y[i] = table[ids[i]] over a table of three: ids from 3 on fail while the graph runs. */
export function lookupGraph(): Uint8Array {
  const graph = new GraphBuilder();
  const table = graph.initializer('table', 'float32', [3], Float32Array.of(10, 20, 30));
  const ids = graph.input('ids', 'int64', ['n']);
  graph.output(graph.node('Gather', [table, ids], {}, 'y'), 'float32', ['n']);
  return graph.build();
}
