import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import type { Authentication, Credentials } from '../../gateway/authentication/credentials.ts';
import { type FaultName, type FaultOptions, faultNames } from '../../gateway/runtime/faults.ts';
import type { GivenAddress, StartOptions } from '../../gateway/start-gateway.ts';
import { numberIn, parsePositive } from './parse-number.ts';

const MEGABYTE = 1 << 20;
const parseShare = numberIn({ min: 0, max: 1 });

/** The flags of `parlance gateway`, as commander gives their values. */
export interface GatewayFlags {
  readonly hostname: string;
  readonly port: number;
  readonly endpoint: readonly GivenAddress[];
  readonly model: readonly (readonly [string, string])[];
  readonly auth: 'sigv4' | 'off';
  readonly region: string;
  readonly accountId: string;
  readonly namespace: string;
  readonly s3Folder: string;
  readonly responseTimeout: number;
  readonly streamTimeout: number;
  readonly payloadLimit: number;
  readonly coldStart: number;
  readonly throttle: Partial<Pick<FaultOptions, 'shares' | 'maxPerSecond'>>;
  readonly fault: FaultOptions['shares'];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly jsonOutput: boolean;
}

const list =
  <Item>(parse: (text: string) => Item) =>
  (text: string, before: readonly Item[]) => [...before, parse(text)];

/** Declares the flags of `parlance gateway`. */
export function gatewayFlags(): readonly Option[] {
  return [
    new Option('--hostname <address>', 'address to listen on').default('127.0.0.1'),
    new Option('-p, --port <integer>', 'port to listen on; 0 takes a free one')
      .default(8099)
      .argParser(numberIn({ kind: 'integer', min: 0, max: 65_535 })),
    new Option(
      '--endpoint <name[/component]=url>',
      'an endpoint, or an inference component of one, and the server that answers for it; may be given several times',
    )
      .default([], 'demo, which a server of its own answers with the demo model')
      .argParser(list(parseEndpoint)),
    new Option(
      '--model <name=path>',
      'a checkpoint folder to serve wherever this model is asked for; may be given several times',
    )
      .default([], 'none')
      .argParser(list(parseModel)),
    new Option(
      '--auth <kind>',
      'whether requests must be signed (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, else test and test)',
    )
      .choices(['sigv4', 'off'])
      .default('sigv4'),
    new Option('--region <name>', 'region of the ARNs and of signatures').env('AWS_REGION').default('us-east-1'),
    new Option('--account-id <digits>', 'account of the ARNs')
      .default('123456789012')
      .argParser(textLike(/^\d{12}$/, '12 digits')),
    new Option('--namespace <name>', 'whose Inference Endpoints are served')
      .default('parlance')
      .argParser(textLike(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/, 'the name of a user or organisation')),
    new Option('--s3-folder <path>', 'folder that stands in for S3, with a folder for each bucket').default(
      join(tmpdir(), 'parlance-s3'),
      'parlance-s3 in the folder of temporary files',
    ),
    new Option('--response-timeout <seconds>', 'time for a whole answer')
      .default(60)
      .argParser(numberIn({ min: 0.001 })),
    new Option('--stream-timeout <seconds>', 'time for a streamed answer')
      .default(480)
      .argParser(numberIn({ min: 0.001 })),
    new Option('--payload-limit <bytes>', 'largest request, and largest answer that is not streamed')
      .default(25 * MEGABYTE)
      .argParser(parsePositive),
    new Option(
      '--cold-start <seconds>',
      'endpoints and components are not ready for this long after their first invocation',
    )
      .default(0)
      .argParser(numberIn({ min: 0 })),
    new Option(
      '--throttle <share|n/s>',
      'throttles a share of the invocations (0.2), or those over a number in a second (5/s)',
    )
      .default({}, 'none')
      .argParser(parseThrottle),
    new Option(
      '--fault <name=share>',
      `makes a share of the invocations fail: ${faultNames.join(', ')}; may be given several times`,
    )
      .default({}, 'none')
      .argParser((text: string, before: FaultOptions['shares']) => ({ ...before, ...parseFault(text) })),
    new Option('--log-level <level>', 'lowest level that is logged; debug has what the containers log')
      .choices(['debug', 'info', 'warn', 'error', 'silent'])
      .default('info'),
    new Option('--json-output', 'logs JSON lines').default(false),
  ];
}

/** What the gateway starts with. @throws invalid_setting for credentials that are half there */
export function startOptions(
  flags: GatewayFlags,
  environment: NodeJS.ProcessEnv,
  command: readonly string[],
): StartOptions {
  const { hostname, port, endpoint, namespace, throttle, fault } = flags;
  const shares = { ...throttle.shares, ...fault };
  const maxPerSecond = throttle.maxPerSecond ?? Number.POSITIVE_INFINITY;
  return {
    hostname,
    port,
    endpoints: endpoint,
    command,
    namespace,
    account: { id: flags.accountId, region: flags.region },
    authentication: authentication(flags, environment),
    limits: {
      responseMs: flags.responseTimeout * 1000,
      streamMs: flags.streamTimeout * 1000,
      payloadBytes: flags.payloadLimit,
    },
    faults: { coldStartMs: flags.coldStart * 1000, shares, maxPerSecond },
    standIns: new Map(flags.model),
    s3Folder: flags.s3Folder,
  };
}

function authentication({ auth, region }: GatewayFlags, environment: NodeJS.ProcessEnv): Authentication {
  return auth === 'off' ? { kind: 'off' } : { kind: 'sigv4', region, credentials: credentials(environment) };
}

function credentials(environment: NodeJS.ProcessEnv): Credentials {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = environment;
  if (!id && !secret) return { accessKeyId: 'test', secretAccessKey: 'test' };
  if (id && secret) return { accessKeyId: id, secretAccessKey: secret, ...(token ? { sessionToken: token } : {}) };
  const [there, missing] = id
    ? ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']
    : ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'];
  throw new ParlanceError('invalid_setting', `${there} is set, but ${missing} is not`, { param: missing! });
}

function parseEndpoint(text: string): GivenAddress {
  const [, name, component, url] = /^([a-zA-Z0-9-]+)(?:\/([a-zA-Z0-9-]+))?=(https?:\/\/.+)$/.exec(text) ?? [];
  if (name !== undefined && url !== undefined && URL.canParse(url)) return { name, component, url };
  throw new InvalidArgumentError('Expected NAME=URL or NAME/COMPONENT=URL, such as demo=http://127.0.0.1:3000.');
}

function parseModel(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError('Expected NAME=PATH.');
  const folder = resolve(text.slice(at + 1));
  if (existsSync(join(folder, 'config.json'))) return [text.slice(0, at), folder];
  throw new InvalidArgumentError(`Expected a checkpoint folder, but there is no ${join(folder, 'config.json')}.`);
}

/** @param form what it must be, in words */
const textLike = (pattern: RegExp, form: string) => (text: string) => {
  if (pattern.test(text)) return text;
  throw new InvalidArgumentError(`Expected ${form}.`);
};

function parseThrottle(text: string): GatewayFlags['throttle'] {
  const perSecond = /^(\d+)\/s$/.exec(text)?.[1];
  if (perSecond !== undefined) return { maxPerSecond: Number(perSecond) };
  return { shares: { ThrottlingException: parseShare(text) } };
}

function parseFault(text: string): FaultOptions['shares'] {
  const [name, share = ''] = text.split('=', 2);
  if (!isFault(name)) throw new InvalidArgumentError(`Expected NAME=SHARE with one of ${faultNames.join(', ')}.`);
  return { [name]: parseShare(share) };
}

function isFault(name: string | undefined): name is FaultName {
  return faultNames.some((known) => known === name);
}
