import { setting } from '../setting.ts';
import { integer, oneOf } from '../value-types.ts';

/** What the model is computed by. */
export const computeSettings = {
  executionProvider: setting({
    group: 'compute',
    description: 'Where the model is computed.',
    type: oneOf(['cpu', 'cuda', 'webgpu']),
    default: 'cpu',
  }),
  runtime: setting({
    group: 'compute',
    description:
      "How ONNX Runtime is called: its C API, onnxruntime-node's public API (slow), or `auto`: the C API where it passes its self-test.",
    type: oneOf(['auto', 'c-api', 'node']),
    default: 'auto',
    environment: ['PARLANCE_RUNTIME'],
  }),
  numReplicas: setting({
    group: 'compute',
    description:
      'Engines that each hold the whole model; a request goes to the one with the fewest. On the CPU they share processors and memory.',
    type: integer(1, 64),
    defaultText: 'with cuda one a GPU, of as many as --num-shard says; else 1',
  }),
  threads: setting({
    group: 'compute',
    description: 'Threads inside an operator, for each replica.',
    type: integer(1, 1024),
    defaultText: 'the processors that this process may use, shared out to the replicas',
    environment: ['PARLANCE_THREADS'],
  }),
};
