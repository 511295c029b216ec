import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGateway } from './serve.ts';

export interface Gateways {
  /** What AWS clients find them by. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Opens a gateway that asks for signatures, one whose streams all break, and one that throttles all calls.
 * @param base the server that answers for their endpoint `demo`
 * @param model a folder to serve where zephyr is asked for */
export async function openGateways(base: string, model: string): Promise<Gateways> {
  const s3Folder = mkdtempSync(join(tmpdir(), 'parlance-s3-'));
  const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'us-east-1' };
  const flags = ['--endpoint', `demo=${base}`, '--auth', 'sigv4', '--s3-folder', s3Folder];
  const gateways = [
    await openGateway([...flags, '--model', `HuggingFaceH4/zephyr-7b-beta=${model}`], credentials),
    await openGateway([...flags, '--fault', 'ModelStreamError=1'], credentials),
    await openGateway([...flags, '--throttle', '1'], credentials),
  ] as const;
  const url = gateways[0].base;
  return {
    env: {
      ...credentials,
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL_SAGEMAKER: url,
      AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: url,
      GATEWAY: url,
      BREAKING_GATEWAY: gateways[1].base,
      THROTTLING_GATEWAY: gateways[2].base,
      S3_FOLDER: s3Folder,
    },
    async stop() {
      await Promise.all(gateways.map(({ stop }) => stop()));
      rmSync(s3Folder, { recursive: true });
    },
  };
}
