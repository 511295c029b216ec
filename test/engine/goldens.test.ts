import { families } from '../../src/models/families/index.ts';
import { fixtureModels, goldenModels } from '../models/support/goldens.ts';
import { describeEngineGoldens } from './support/describe-engine-goldens.ts';

const architectures = families.flatMap((family) => family.architectures);

for (const model of goldenModels(fixtureModels, architectures)) describeEngineGoldens(model);
