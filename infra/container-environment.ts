import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { readSettings } from '../src/config/read-settings.ts';
import { environmentNamesOf, settingNames, settingOf } from '../src/config/settings.ts';
import { ParlanceError } from '../src/errors/errors.ts';
import type { ModelSource } from './model-source.ts';

export type Environment = Readonly<Record<string, string>>;

const known = new Set(settingNames.flatMap(environmentNamesOf));
/** Read by Node, the AWS SDK, ONNX Runtime and huggingface_hub's conventions rather than from the settings. */
const foreign = /^(AWS_|NODE_|OMP_|ORT_|HF_|NO_COLOR$|TZ$|HTTPS?_PROXY$|NO_PROXY$)/;

/** What must not stand in a template, and what goes in its place. */
const secrets = new Map(
  settingNames
    .filter((name) => settingOf(name).isSecret)
    .flatMap((name) =>
      environmentNamesOf(name).map((variable) => [
        variable,
        name === 'hfToken'
          ? 'store it in Secrets Manager, and give hubTokenSecret'
          : 'leave it out, for SageMaker itself checks who may call the endpoint',
      ]),
    ),
);

export interface ContainerSettings {
  readonly source: ModelSource;
  /** GPUs that one container has. */
  readonly numGpus: number;
  readonly hubTokenSecret: string | undefined;
  /** What the user adds, which goes before the rest. */
  readonly environment: Environment;
}

/** The environment of the container: what it serves, on how many GPUs, with logs that metric filters can read.
 * @throws invalid_setting for a secret, and for what the server would refuse at its start: better now than after ten
 *   minutes */
export function containerEnvironment(scope: Construct, settings: ContainerSettings): Environment {
  const { source, numGpus, hubTokenSecret, environment } = settings;
  const complete = {
    ...modelVariables(source),
    ...(numGpus > 0 ? { SM_NUM_GPUS: String(numGpus) } : {}),
    JSON_OUTPUT: 'true',
    ...(hubTokenSecret === undefined ? {} : { HF_TOKEN_SECRET: hubTokenSecret }),
    ...environment,
  };
  const secret = Object.keys(environment).find((name) => secrets.has(name));
  if (secret !== undefined)
    throw new ParlanceError(
      'invalid_setting',
      `environment has ${secret}, which everyone who may describe the stack or the model could read: ${secrets.get(secret)}`,
    );
  readSettings([], complete);
  for (const name of Object.keys(environment).filter((name) => !known.has(name) && !foreign.test(name)))
    Annotations.of(scope).addWarningV2(
      `parlance:unknown-variable:${name}`,
      `environment has ${name}, which the server doesn't read`,
    );
  return complete;
}

function modelVariables(source: ModelSource): Environment {
  switch (source.kind) {
    case 'hub':
      return {
        HF_MODEL_ID: source.id,
        ...(source.revision === undefined ? {} : { HF_MODEL_REVISION: source.revision }),
      };
    case 's3':
      return { HF_MODEL_ID: '/opt/ml/model', HF_HUB_OFFLINE: '1' };
    case 'bundled':
      return {};
  }
}
