import { z } from 'zod';
import { ParlanceError } from '../../errors/errors.ts';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { parameterLimits } from '../generation/answer-generate.ts';
import { collectAll } from '../generation/collect-all.ts';
import { getRoute, postRoute, type RequestContext, type Route } from '../route.ts';
import { generateParametersField } from '../schema/tgi-generate.ts';
import { toTextGeneration } from '../validation/validate-parameters.ts';
import { generationErrors } from './generation-errors.ts';

const base = { tag: 'KServe', dialect: tgiDialect };
const version = '/v2/models/:model_name/versions/:model_version';

const byte = z.int('expected a byte').min(0, 'expected a byte').max(255, 'expected a byte');

const inferRequestSchema = z
  .object({
    id: z.string(),
    parameters: generateParametersField,
    inputs: z.array(z.object({ name: z.string(), shape: z.array(z.int()), datatype: z.string(), data: z.array(byte) })),
    outputs: z.array(z.object({ name: z.string() })),
  })
  .meta({ id: 'InferenceRequest' });

const inferResponseSchema = z
  .object({
    id: z.string(),
    outputs: z.array(
      z.object({ name: z.string(), shape: z.array(z.int()), datatype: z.literal('BYTES'), data: z.array(byte) }),
    ),
  })
  .meta({ id: 'InferenceOutput' });

const liveSchema = z.object({ live: z.boolean() }).meta({ id: 'LiveResponse' });

const metadataSchema = z
  .object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) })
  .meta({ id: 'MetadataServerResponse' });

/** A health check of KServe's protocol; like /health it fails while the server shuts down. */
function healthRoute(path: string, summary: string): Route {
  return getRoute({
    ...base,
    paths: [path],
    summary,
    isOpen: true,
    response: { description: 'It is', content: { 'application/json': liveSchema } },
    errors: ['unavailable'],
    respond: ({ services }) => {
      if (services.admission.isDraining) throw new ParlanceError('unavailable', 'unhealthy');
      return { kind: 'json', body: { live: true } };
    },
  });
}

/** KServe's open inference protocol, version 2: prompts and texts as lists of bytes. */
export const kserveRoutes: readonly Route[] = [
  healthRoute('/v2/health/live', 'Whether the server runs'),
  healthRoute('/v2/health/ready', 'Whether the server takes requests'),
  healthRoute(`${version}/ready`, 'Whether the model takes requests'),
  getRoute({
    ...base,
    paths: ['/v2'],
    summary: 'Name and version of the server',
    response: { description: 'Metadata', content: { 'application/json': metadataSchema } },
    errors: [],
    respond: ({ services: { options } }) => ({
      kind: 'json',
      body: { name: 'parlance', version: options.version, extensions: ['health', 'models', 'metrics'] },
    }),
  }),
  getRoute({
    ...base,
    paths: [version],
    summary: 'What the model can do',
    response: { description: 'Metadata', content: { 'application/json': metadataSchema } },
    errors: [],
    respond: ({ params }) => ({
      kind: 'json',
      body: { name: params.model_name, version: params.model_version, extensions: ['infer', 'ready'] },
    }),
  }),
  postRoute({
    ...base,
    paths: [`${version}/infer`],
    summary: 'Generate a text for each input',
    requestSchema: inferRequestSchema,
    response: { description: 'The texts', content: { 'application/json': inferResponseSchema } },
    errors: [...generationErrors, 'length_mismatch', 'invalid_utf8'],
    isGeneration: true,
    respond: infer,
  }),
];

async function infer(
  { id, inputs, outputs, parameters }: z.output<typeof inferRequestSchema>,
  context: RequestContext,
) {
  const prompts = inputs.map(({ data }) => decode(data));
  if (prompts.length !== outputs.length)
    throw new ParlanceError('length_mismatch', 'Inputs and outputs length mismatch', { param: 'outputs' });
  context.admit(prompts.length);
  const limits = parameterLimits(context);
  const requests = prompts.map((prompt) =>
    toTextGeneration({ inputs: prompt, parameters: { ...parameters, best_of: undefined } }, limits),
  );
  const generations = await collectAll(requests, context);
  const texts = generations.map(({ finish }) => [...Buffer.from(finish.generatedText)]);
  return {
    kind: 'json' as const,
    body: {
      id,
      outputs: outputs.map(({ name }, i) => ({
        name,
        shape: [1, texts[i]!.length],
        datatype: 'BYTES',
        data: texts[i]!,
      })),
    },
  };
}

function decode(bytes: readonly number[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch (error) {
    throw new ParlanceError('invalid_utf8', 'invalid utf-8 sequence in `inputs`', { param: 'inputs', cause: error });
  }
}
