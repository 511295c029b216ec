import { describe, expect, it } from '@jest/globals';
import { families } from '../../src/models/families/index.ts';
import { describeModelGoldens } from './support/describe-model-goldens.ts';
import { fixtureModels, goldenModels } from './support/goldens.ts';

describe.each(families)('the $name family', (family) => {
  const models = goldenModels(fixtureModels, family.architectures);

  it('has goldens', () => {
    expect(models).not.toEqual([]);
  });

  for (const model of models) describeModelGoldens(model, 'c-api');
  for (const model of models.slice(0, 1)) describeModelGoldens(model, 'node');
});
