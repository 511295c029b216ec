import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime';
import type { Surroundings } from '../../../src/gateway/gateway-options.ts';
import { noFaults } from '../../../src/gateway/runtime/faults.ts';
import { type RunningGateway, type StartOptions, startGateway } from '../../../src/gateway/start-gateway.ts';
import { createLog } from '../../../src/observability/log.ts';

/** The program that stands in for a server in tests of what is done with containers. */
const CONTAINER_PROGRAM = [process.execPath, resolve(import.meta.dirname, 'container-program.js')];

export const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

export interface OpenGateway extends RunningGateway {
  readonly runtime: SageMakerRuntimeClient;
  readonly control: SageMakerClient;
  readonly s3Folder: string;
  /** The lines that were logged. */
  readonly lines: readonly string[];
}

/** A client of a gateway with these credentials, that does not try again. */
export function runtimeClient(url: string, credentials = CREDENTIALS, maxAttempts = 1): SageMakerRuntimeClient {
  return new SageMakerRuntimeClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts });
}

/** Opens a gateway on a free port, with clients for it that do not try again. Signatures are asked for.
 * @param changed what differs from SageMaker's limits and no faults */
export async function openGateway(
  changed: Partial<StartOptions> = {},
  surroundings: Partial<Surroundings> = {},
): Promise<OpenGateway> {
  const s3Folder = mkdtempSync(join(tmpdir(), 'parlance-s3-'));
  const lines: string[] = [];
  const log = createLog({ level: 'debug', json: true, write: (line) => lines.push(line) });
  const running = await startGateway(
    {
      hostname: '127.0.0.1',
      port: 0,
      endpoints: [],
      command: CONTAINER_PROGRAM,
      account: { id: '123456789012', region: 'us-east-1' },
      authentication: { kind: 'sigv4', region: 'us-east-1', credentials: CREDENTIALS },
      limits: { responseMs: 60_000, streamMs: 480_000, payloadBytes: 26_214_400 },
      faults: noFaults,
      standIns: new Map(),
      namespace: 'parlance',
      s3Folder,
      ...changed,
    },
    { log, ...surroundings },
  );
  const runtime = runtimeClient(running.url);
  const control = new SageMakerClient({
    endpoint: running.url,
    region: 'us-east-1',
    credentials: CREDENTIALS,
    maxAttempts: 1,
  });
  return {
    ...running,
    runtime,
    control,
    s3Folder,
    lines,
    async close() {
      runtime.destroy();
      control.destroy();
      await running.close();
      rmSync(s3Folder, { recursive: true });
    },
  };
}

/** What a call is refused with. @throws where it is not refused */
export async function refusalOf(call: Promise<unknown>): Promise<Error> {
  const outcome = await call.catch((error: Error) => error);
  if (outcome instanceof Error) return outcome;
  throw new Error('the call was not refused');
}
