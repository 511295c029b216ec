import { z } from 'zod';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { answerGenerate, answerGenerateStream } from '../generation/answer-generate.ts';
import { type Answer, postRoute, type RequestContext } from '../route.ts';
import { generateResponseSchema, streamResponseSchema } from '../schema/tgi-answers.ts';
import { compatGenerateRequestSchema } from '../schema/tgi-generate.ts';
import { generationErrors } from './generation-errors.ts';

/** Hugging Face's Inference API: a list of one answer, or a stream where asked for. */
export const rootRoute = postRoute({
  paths: ['/'],
  summary: 'Generate text, whole in a list or as a stream',
  tag: 'Text Generation Inference',
  dialect: tgiDialect,
  requestSchema: compatGenerateRequestSchema,
  response: {
    description: 'The text',
    content: { 'application/json': z.array(generateResponseSchema), 'text/event-stream': streamResponseSchema },
  },
  errors: generationErrors,
  isGeneration: true,
  respond: answerCompat,
});

/** Shared with /invocations. The prompt is put before the text unless the model is known to be of another kind. */
export async function answerCompat(
  { stream, ...request }: z.output<typeof compatGenerateRequestSchema>,
  context: RequestContext,
): Promise<Answer> {
  const { pipelineTag } = context.services.options.model;
  const returnFullText = pipelineTag === null || pipelineTag === 'text-generation';
  const parameters = { ...request.parameters, return_full_text: request.parameters.return_full_text ?? returnFullText };
  const compat = { inputs: request.inputs, parameters };
  if (stream) return answerGenerateStream(compat, context);
  const answer = await answerGenerate(compat, context);
  return { ...answer, body: [answer.body] };
}
