import { join } from 'node:path';
import { families } from '../../src/models/families/index.ts';
import { describeEngineGoldens } from '../engine/support/describe-engine-goldens.ts';
import { goldenModels } from '../models/support/goldens.ts';
import { sharedFolder } from '../support/shared.ts';

const architectures = families.flatMap((family) => family.architectures);

for (const model of goldenModels(join(sharedFolder(), 'fixtures', 'models'), architectures))
  describeEngineGoldens(model);
