import { setting } from '../setting.ts';
import { address, boolean, integer, list, path, text } from '../value-types.ts';

/** Where the server listens, and which routes differ from the usual. */
export const serverSettings = {
  hostname: setting({
    group: 'server',
    description: 'Address to listen on.',
    type: address,
    default: '0.0.0.0',
    // Docker sets HOSTNAME to the container's id.
    ignoresBadEnvironment: true,
  }),
  port: setting({
    group: 'server',
    description: 'Port to listen on; 0 takes a free one.',
    type: integer(0, 65_535),
    default: 3000,
    flags: ['-p'],
    environment: ['AIP_HTTP_PORT', 'SAGEMAKER_BIND_TO_PORT', 'PORT'],
  }),
  prometheusPort: setting({
    group: 'server',
    description: 'Port for metrics.',
    type: integer(0, 65_535),
    handling: { kind: 'mapped', toWhat: () => 'not opened: metrics are at /metrics of the main port' },
  }),
  corsAllowOrigin: setting({
    group: 'server',
    description: 'An origin that browsers may call from.',
    type: list,
    default: [],
    defaultText: 'any',
    isRepeatable: true,
  }),
  messagesApiEnabled: setting({
    group: 'server',
    description: '/invocations takes chat messages alone; without it, it takes inputs, messages or prompt.',
    type: boolean,
    default: false,
  }),
  gracefulTerminationTimeout: setting({
    group: 'server',
    description: 'Seconds that running requests have to finish after SIGTERM.',
    type: integer(0, 86_400),
    default: 90,
    flags: ['-g'],
  }),
  computeType: setting({
    group: 'server',
    description: 'Value of the header x-compute-type.',
    type: text,
    defaultText: 'cpu+optimized, by the execution provider',
    flags: false,
  }),
  sagemakerSessionsExpiration: setting({
    group: 'server',
    description: 'Seconds that a session of SageMaker lasts.',
    type: integer(1, 31_536_000),
    default: 1200,
    flags: false,
  }),
  aipPredictRoute: setting({
    group: 'server',
    description: "Route for Vertex AI's predictions.",
    type: path,
    defaultText: '/vertex',
    flags: false,
  }),
  aipHealthRoute: setting({
    group: 'server',
    description: "Route for Vertex AI's health checks, beside /health.",
    type: path,
    flags: false,
  }),
};
