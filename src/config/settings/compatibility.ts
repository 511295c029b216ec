import { setting } from '../setting.ts';
import { boolean, integer, number, oneOf, text } from '../value-types.ts';

const NO_TUNNEL = 'tunnels are not opened; put a reverse proxy in front';
const ONE_PROCESS = 'no effect: the model runs in one process, and shards have nothing to find each other by';

/** Settings of text-generation-launcher that have nothing to act on here. */
export const compatibilitySettings = {
  usageStats: setting({
    group: 'compatibility',
    description: 'What is reported about the use.',
    type: oneOf(['on', 'off', 'no-stack']),
    handling: {
      kind: 'mapped',
      toWhat: (level) => (level === 'off' ? undefined : 'off: nothing is ever collected or sent'),
    },
  }),
  cudaGraphs: setting({
    group: 'compatibility',
    description: 'Batch sizes to capture CUDA graphs for.',
    type: text,
    handling: { kind: 'mapped', toWhat: (sizes) => (sizes === '0' ? undefined : 'no effect: no graphs are captured') },
  }),
  cudaMemoryFraction: setting({
    group: 'compatibility',
    description: "Share of the GPU's memory to use.",
    type: number(0, 1),
    handling: {
      kind: 'mapped',
      toWhat: (fraction) => (fraction === 1 ? undefined : 'no effect on this execution provider'),
    },
  }),
  disableCustomKernels: setting({
    group: 'compatibility',
    description: 'Does without custom CUDA kernels.',
    type: boolean,
    handling: {
      kind: 'mapped',
      toWhat: (disables) => (disables ? "no effect: all kernels are ONNX Runtime's" : undefined),
    },
  }),
  masterAddr: setting({
    group: 'compatibility',
    description: 'Address of the first shard.',
    type: text,
    handling: { kind: 'mapped', toWhat: () => ONE_PROCESS },
  }),
  masterPort: setting({
    group: 'compatibility',
    description: 'Port of the first shard.',
    type: integer(0, 65_535),
    handling: { kind: 'mapped', toWhat: () => ONE_PROCESS },
  }),
  shardUdsPath: setting({
    group: 'compatibility',
    description: 'Socket between the web server and the shards.',
    type: text,
    handling: { kind: 'mapped', toWhat: () => ONE_PROCESS },
  }),
  ngrok: setting({
    group: 'compatibility',
    description: 'Opens a tunnel by ngrok.',
    type: boolean,
    handling: { kind: 'refused', reason: NO_TUNNEL, isNeutral: (opens) => !opens },
  }),
  ngrokAuthtoken: setting({
    group: 'compatibility',
    description: 'Token for ngrok.',
    type: text,
    isSecret: true,
    handling: { kind: 'refused', reason: NO_TUNNEL },
  }),
  ngrokEdge: setting({
    group: 'compatibility',
    description: 'Edge of ngrok.',
    type: text,
    handling: { kind: 'refused', reason: NO_TUNNEL },
  }),
};
