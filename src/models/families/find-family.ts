import { z } from 'zod';
import { ParlanceError } from '../../errors/errors.ts';
import type { ConfigFile } from '../config-file.ts';
import type { Family } from './family.ts';
import { families } from './index.ts';

const schema = z.looseObject({ architectures: z.array(z.string()).nullish(), model_type: z.string().nullish() });

export interface FamilyChoice {
  readonly architecture: string;
  readonly family: Family;
}

/** Finds the family of a config.json by its `architectures`, or by its `model_type` where it names none.
 * @throws unsupported_model naming what is served; invalid_checkpoint where config.json names neither */
export function findFamily(file: ConfigFile): FamilyChoice {
  const { architectures, model_type: modelType } = file.parse(schema);
  if (!architectures?.length) return findByModelType(file, modelType);
  for (const family of families)
    for (const architecture of architectures)
      if (family.architectures.includes(architecture)) return { architecture, family };
  const served = families.flatMap((family) => family.architectures);
  throw new ParlanceError(
    'unsupported_model',
    `${file.file}: architectures is ${JSON.stringify(architectures)}: expected one of ${served.join(', ')}`,
  );
}

function findByModelType({ file }: ConfigFile, modelType: string | null | undefined): FamilyChoice {
  const served = families.map(({ name }) => name).join(', ');
  if (modelType == null)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${file} has neither architectures nor model_type: expected a model_type, one of ${served}`,
    );
  const family = families.find(({ name }) => name === modelType);
  if (family) return { architecture: family.architectures[0], family };
  throw new ParlanceError('unsupported_model', `${file}: model_type is "${modelType}": expected one of ${served}`);
}
