import { ParlanceError } from '../../errors/errors.ts';
import { openaiDialect } from '../dialects/openai/openai-dialect.ts';
import type { HttpOptions } from '../options.ts';
import { getRoute } from '../route.ts';
import { modelListSchema, modelSchema } from '../schema/openai-answers.ts';
import { openaiPaths } from './openai-paths.ts';

export const modelsRoute = getRoute({
  paths: openaiPaths('/models'),
  summary: 'The models that are served',
  tag: 'OpenAI',
  dialect: openaiDialect,
  response: { description: 'A list of one', content: { 'application/json': modelListSchema } },
  errors: [],
  respond: ({ services }) => ({ kind: 'json', body: { object: 'list', data: [servedModel(services.options)] } }),
});

/** Ids have slashes, so the rest of the path is one. */
export const modelRoute = getRoute({
  paths: openaiPaths('/models/*id'),
  summary: 'One model',
  tag: 'OpenAI',
  dialect: openaiDialect,
  response: { description: 'The model', content: { 'application/json': modelSchema } },
  errors: ['not_found'],
  respond: ({ params, services: { options } }) => {
    const { id } = options.model;
    if (params.id !== id && params.id !== 'tgi') {
      throw new ParlanceError('not_found', `the model \`${params.id}\` does not exist, \`${id}\` is served`, {
        param: 'model',
      });
    }
    return { kind: 'json', body: servedModel(options) };
  },
});

function servedModel({ model }: HttpOptions) {
  return { id: model.id, object: 'model', created: 0, owned_by: model.id };
}
