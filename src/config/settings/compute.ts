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
  threads: setting({
    group: 'compute',
    description: 'Threads inside an operator.',
    type: integer(1, 1024),
    defaultText: 'the processors that this process may use',
    environment: ['PARLANCE_THREADS'],
  }),
};
