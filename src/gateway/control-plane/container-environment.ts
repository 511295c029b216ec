import { type StandIns, standInEnvironment } from '../containers/stand-ins.ts';
import type { ContainerDefinition } from '../resources/resources.ts';
import type { LocalS3 } from '../runtime/local-s3.ts';

/** Where SageMaker puts the model data of S3. */
const MODEL_FOLDER = '/opt/ml/model';

/** The environment that a container of this definition runs with here: with a stand-in for its model where one was
 * given, and with the model data of the local S3 where SageMaker would have brought it to /opt/ml/model. */
export function containerEnvironment(
  { Environment = {}, ModelDataUrl, ModelDataSource }: ContainerDefinition,
  standIns: StandIns,
  s3: LocalS3,
): Readonly<Record<string, string>> {
  const data = ModelDataSource?.S3DataSource?.S3Uri ?? ModelDataUrl;
  const asked = Environment.HF_MODEL_ID ?? Environment.MODEL_ID ?? MODEL_FOLDER;
  const model = data !== undefined && asked.startsWith(MODEL_FOLDER) ? data : asked;
  const standIn = standIns.get(model);
  if (standIn !== undefined) return standInEnvironment(Environment, standIn);
  if (model !== data) return Environment;
  const { HF_MODEL_ID: _, ...kept } = Environment;
  return { ...kept, MODEL_ID: s3.folderOf(data) ?? data };
}
