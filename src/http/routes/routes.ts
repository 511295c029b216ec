import type { HttpOptions } from '../options.ts';
import type { Route } from '../route.ts';
import { generateRoute } from './generate.ts';
import { generateStreamRoute } from './generate-stream.ts';
import { createHealthRoute } from './health.ts';
import { infoRoute } from './info.ts';
import { metricsRoute } from './metrics.ts';
import { rootRoute } from './root.ts';
import { tokenizeRoute } from './tokenize.ts';

/** All routes of a server. */
export function createRoutes(options: HttpOptions): readonly Route[] {
  return [
    generateRoute,
    generateStreamRoute,
    rootRoute,
    tokenizeRoute,
    infoRoute,
    createHealthRoute(options.vertexRoutes.health),
    metricsRoute,
  ];
}
