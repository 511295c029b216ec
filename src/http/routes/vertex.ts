import { z } from 'zod';
import { ParlanceError } from '../../errors/errors.ts';
import type { TextGenerationRequest } from '../../text/types.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { chatGenerations } from '../generation/answer-chat.ts';
import { parameterLimits } from '../generation/answer-generate.ts';
import { collectAll } from '../generation/collect-all.ts';
import { renderChat } from '../generation/render-chat.ts';
import { postRoute, type RequestContext } from '../route.ts';
import { documented } from '../schema/documented.ts';
import { chatRequestSchema } from '../schema/openai-chat.ts';
import { generateRequestSchema } from '../schema/tgi-generate.ts';
import { toTextGeneration } from '../validation/validate-parameters.ts';
import { generationErrors } from './generation-errors.ts';

const instanceSchema = z.union([generateRequestSchema, chatRequestSchema], 'expected `inputs` or `messages`');

const vertexRequestSchema = z
  .object({
    instances: documented(z.array(instanceSchema), ({ maxConcurrentRequests }) => ({
      minItems: 1,
      maxItems: maxConcurrentRequests,
    })),
  })
  .meta({ id: 'VertexRequest' });

const vertexResponseSchema = z.object({ predictions: z.array(z.string()) }).meta({ id: 'VertexResponse' });

/** Vertex AI's predictions: a text for each instance, be it a prompt or a chat.
 * @param path AIP_PREDICT_ROUTE */
export function createVertexRoute(path: string | undefined) {
  return postRoute({
    paths: ['/vertex', ...(path === undefined ? [] : [path])],
    summary: 'Generate a text for each instance',
    tag: 'Vertex AI',
    dialect: tgiDialect,
    requestSchema: vertexRequestSchema,
    response: { description: 'The texts', content: { 'application/json': vertexResponseSchema } },
    errors: [...generationErrors, 'no_instances', 'template_error', 'tool_error'],
    isGeneration: true,
    respond: async ({ instances }, context) => {
      if (instances.length === 0)
        throw new ParlanceError('no_instances', 'Input validation error', { param: 'instances' });
      context.admit(instances.length);
      const requests = await Promise.all(instances.map((instance) => instanceGeneration(instance, context)));
      const generations = await collectAll(requests, context);
      return { kind: 'json', body: { predictions: generations.map(({ finish }) => finish.generatedText) } };
    },
  });
}

/** Prompts are always sampled here, as in TGI. */
async function instanceGeneration(
  instance: z.output<typeof instanceSchema>,
  context: RequestContext,
): Promise<TextGenerationRequest> {
  if ('inputs' in instance) {
    const parameters = { ...instance.parameters, do_sample: true, best_of: undefined };
    return toTextGeneration({ inputs: instance.inputs, parameters }, parameterLimits(context));
  }
  const chat = await renderChat(instance, 'openai', context.services);
  return chatGenerations({ ...instance, n: 1 }, chat, context.services)[0]!;
}
