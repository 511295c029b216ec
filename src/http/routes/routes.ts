import type { TextGenerator } from '../../text/types.ts';
import type { HttpOptions } from '../options.ts';
import type { Route } from '../route.ts';
import { chatCompletionsRoute } from './chat-completions.ts';
import { chatTokenizeRoute } from './chat-tokenize.ts';
import { completionsRoute } from './completions.ts';
import { createDocsRoutes } from './docs.ts';
import { generateRoute } from './generate.ts';
import { generateStreamRoute } from './generate-stream.ts';
import { createHealthRoute } from './health.ts';
import { infoRoute } from './info.ts';
import { invocationsRoute } from './invocations.ts';
import { kserveRoutes } from './kserve.ts';
import { metricsRoute } from './metrics.ts';
import { modelRoute, modelsRoute } from './models.ts';
import { rootRoute } from './root.ts';
import { tokenizeRoute } from './tokenize.ts';
import { createVertexRoute } from './vertex.ts';

/** All routes of a server.
 * @param generator what of it the OpenAPI document tells */
export function createRoutes(
  options: HttpOptions,
  { limits, vocabSize }: Pick<TextGenerator, 'limits' | 'vocabSize'>,
): readonly Route[] {
  const routes = [
    generateRoute,
    generateStreamRoute,
    rootRoute,
    invocationsRoute,
    tokenizeRoute,
    chatTokenizeRoute,
    chatCompletionsRoute,
    completionsRoute,
    modelsRoute,
    modelRoute,
    infoRoute,
    createVertexRoute(options.vertexRoutes.predict),
    ...kserveRoutes,
    createHealthRoute(options.vertexRoutes.health),
    metricsRoute,
  ];
  const bounds = {
    ...options.limits,
    maxNewTokens: limits.maxTotalTokens - 1,
    maxInputTokens: limits.maxInputTokens,
    maxTokenId: vocabSize - 1,
  };
  return [...routes, ...createDocsRoutes(routes, options.version, bounds)];
}
