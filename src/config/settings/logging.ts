import { logLevel } from '../log-level.ts';
import { setting } from '../setting.ts';
import { boolean, oneOf, text } from '../value-types.ts';

/** What the server says about itself. */
export const loggingSettings = {
  jsonOutput: setting({
    group: 'logging',
    description: 'Logs one JSON object a line.',
    type: boolean,
    default: false,
  }),
  logFormat: setting({
    group: 'logging',
    description: '`json` is the same as --json-output.',
    type: oneOf(['text', 'json']),
    default: 'text',
  }),
  logLevel: setting({
    group: 'logging',
    description:
      'trace, debug, info, warn, error or off. Directives such as `info,text_generation_router=debug` are read too.',
    type: logLevel,
    default: 'info',
  }),
  env: setting({
    group: 'logging',
    description: 'Logs what the server runs on: platform, processors, memory, versions.',
    type: boolean,
    default: false,
    flags: ['-e'],
    environment: false,
  }),
  otlpEndpoint: setting({
    group: 'logging',
    description: 'OpenTelemetry collector that traces are sent to.',
    type: text,
    handling: { kind: 'mapped', toWhat: () => 'no traces are sent yet; metrics are at /metrics', warns: true },
  }),
  otlpServiceName: setting({
    group: 'logging',
    description: 'Name of the service in traces.',
    type: text,
    handling: { kind: 'mapped', toWhat: () => 'no traces are sent yet; metrics are at /metrics', warns: true },
  }),
};
