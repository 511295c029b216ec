import { z } from 'zod';
import { ParlanceError } from '../../errors/errors.ts';
import type { ConfigFile } from '../config-file.ts';
import type { Family } from './family.ts';
import { families } from './index.ts';

const schema = z.looseObject({ architectures: z.array(z.string()).nonempty() });

export interface FamilyChoice {
  readonly architecture: string;
  readonly family: Family;
}

/** Finds the family of a config.json by its `architectures`.
 * @throws unsupported_model naming the architectures that are served */
export function findFamily(file: ConfigFile): FamilyChoice {
  const { architectures } = file.parse(schema);
  for (const family of families)
    for (const architecture of architectures)
      if (family.architectures.includes(architecture)) return { architecture, family };
  const served = families.flatMap((family) => family.architectures);
  throw new ParlanceError(
    'unsupported_model',
    `${file.file}: architectures is ${JSON.stringify(architectures)}: expected one of ${served.join(', ')}`,
  );
}
