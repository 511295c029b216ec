import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { tgiDialect } from '../dialects/tgi/tgi-dialect.ts';
import { createOpenApiDocument } from '../openapi/create-document.ts';
import { getRoute, type Route } from '../route.ts';
import type { DocumentedBounds } from '../schema/documented.ts';

const assets = { 'swagger-ui.css': 'text/css', 'swagger-ui-bundle.js': 'text/javascript' } as const;

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Parlance API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="/docs/swagger-ui-bundle.js"></script>
<script>SwaggerUIBundle({ url: '/api-doc/openapi.json', dom_id: '#ui', validatorUrl: null })</script></body>
</html>
`;

/** The OpenAPI document of all other routes, and a page that shows it; the page loads nothing from elsewhere. */
export function createDocsRoutes(
  routes: readonly Route[],
  version: string,
  bounds: DocumentedBounds,
): readonly Route[] {
  const documentation = { tag: 'Documentation', dialect: tgiDialect, errors: [] };
  const document = createOpenApiDocument(routes, version, bounds);
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  return [
    getRoute({
      ...documentation,
      paths: ['/api-doc/openapi.json'],
      summary: 'This document',
      response: { description: 'OpenAPI 3.1', content: { 'application/json': z.looseObject({}) } },
      respond: () => ({ kind: 'json', body: document }),
    }),
    getRoute({
      ...documentation,
      paths: ['/docs'],
      summary: 'To the page',
      response: { description: 'A redirect' },
      respond: () => ({ kind: 'redirect', location: '/docs/' }),
    }),
    getRoute({
      ...documentation,
      paths: ['/docs/'],
      summary: 'A page to read and try the API',
      response: { description: 'HTML', content: { 'text/html': z.string() } },
      respond: () => ({ kind: 'content', type: 'text/html', content: page }),
    }),
    ...Object.entries(assets).map(([name, type]) =>
      getRoute({
        ...documentation,
        paths: [`/docs/${name}`],
        summary: 'Part of the page',
        response: { description: 'The file', content: { [type]: z.string() } },
        respond: async () => ({ kind: 'content', type, content: await readFile(join(folder, name)) }),
      }),
    ),
  ];
}
