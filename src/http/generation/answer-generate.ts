import { computeHeaders, countCharacters, streamHeaders } from '../dialects/tgi/compute-headers.ts';
import { tgiGenerateResponse } from '../dialects/tgi/generate-response.ts';
import { tgiStreamResponses } from '../dialects/tgi/stream-responses.ts';
import type { Answer, RequestContext } from '../route.ts';
import type { GenerateRequest } from '../schema/tgi-generate.ts';
import {
  type ParameterLimits,
  toTextGeneration,
  validateBestOf,
  validateStreamable,
} from '../validation/validate-parameters.ts';
import { collectAll } from './collect-all.ts';
import { type CollectedGeneration, meanLogprob } from './collect-generation.ts';
import { runGeneration } from './run-generation.ts';

type JsonAnswer = Extract<Answer, { kind: 'json' }>;

/** Answers a TGI request whole. */
export async function answerGenerate(request: GenerateRequest, context: RequestContext): Promise<JsonAnswer> {
  const bestOf = request.parameters.best_of ?? 1;
  if (bestOf > 1) validateBestOf(bestOf, context.services.options.limits);
  const numSequences = Math.max(1, bestOf);
  context.admit(numSequences);
  const generation = toTextGeneration(request, parameterLimits(context));
  const generations = await collectAll(Array(numSequences).fill(generation), context);
  const [best, ...others] = bestFirst(generations);
  return {
    kind: 'json',
    headers: computeHeaders([best!], countCharacters(request.inputs), context),
    body: tgiGenerateResponse(request, [best!, ...others]),
  };
}

/** Answers a TGI request token by token. As in TGI the stream starts at once, and errors are events in it. */
export function answerGenerateStream(request: GenerateRequest, context: RequestContext): Answer {
  return {
    kind: 'stream',
    headers: streamHeaders(countCharacters(request.inputs), context),
    events: streamGenerate(request, context),
  };
}

async function* streamGenerate(
  request: GenerateRequest,
  context: RequestContext,
): AsyncGenerator<object, void, undefined> {
  validateStreamable(request);
  context.admit(1);
  const generation = toTextGeneration(request, parameterLimits(context));
  yield* tgiStreamResponses(request, runGeneration(generation, context));
}

export function parameterLimits({ services: { options, generator } }: RequestContext): ParameterLimits {
  return {
    http: options.limits,
    text: generator.limits,
    prefillLogprobs: options.prefillLogprobs,
    grammarSupport: options.grammarSupport,
  };
}

/** The generation of the highest mean log-probability first; the others keep their order. */
function bestFirst(generations: readonly CollectedGeneration[]): CollectedGeneration[] {
  const scores = generations.map(meanLogprob);
  const best = scores.indexOf(Math.max(...scores));
  return [generations[best]!, ...generations.filter((_, i) => i !== best)];
}
