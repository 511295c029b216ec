import { z } from 'zod';
import { errorTable } from '../../src/errors/errors.ts';
import type { Route } from '../../src/http/route.ts';
import { createRoutes } from '../../src/http/routes/routes.ts';
import { code, page, table } from './markdown.ts';

/** The part of a JSON schema that the page shows. */
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

/** The reference of all routes and of what their requests hold. */
export function endpointsPage(): string {
  const routes = createRoutes(options, { limits: { maxInputTokens: 1, maxTotalTokens: 2 }, vocabSize: 1 }).filter(
    ({ tag }) => tag !== 'Documentation',
  );
  const tags = [...new Set(routes.map(({ tag }) => tag))];
  const schemas = new Map(routes.flatMap((route) => Object.entries(definitionsOf(route))));
  return page(
    'Endpoints',
    'A running server has the same as an OpenAPI document at `/api-doc/openapi.json`, with the answers, and as a page to try it at `/docs`. ' +
      'With API keys set, every route but those marked *open* wants `Authorization: Bearer KEY`. Errors: [errors](errors.md).',
    ...tags.map((tag) => `## ${tag}\n${routeTable(routes.filter((route) => route.tag === tag))}`),
    '## Requests',
    ...[...schemas].filter(([, { properties }]) => properties).map(([name, schema]) => schemaSection(name, schema)),
  );
}

const options = {
  limits: {
    maxConcurrentRequests: 1,
    maxBestOf: 1,
    maxStopSequences: 1,
    maxTopNTokens: 1,
    maxTopLogprobs: 20,
    maxClientBatchSize: 1,
    maxPayloadBytes: 1,
  },
  model: { id: '', sha: null, pipelineTag: null },
  apiKeys: [],
  corsAllowOrigins: [],
  messagesApiEnabled: false,
  grammarSupport: true,
  prefillLogprobs: false,
  computeType: '',
  validationWorkers: 1,
  version: '',
  buildSha: '',
  vertexRoutes: {},
  keepAliveMs: 1,
} satisfies Parameters<typeof createRoutes>[0];

function routeTable(routes: readonly Route[]): string {
  const rows = routes.map((route) => [
    route.paths.map((path) => code(`${route.method} ${path.replace(/[:*](\w+)/g, '{$1}')}`)).join(', '),
    `${route.summary}.${route.isOpen ? ' *Open.*' : ''}`,
    requestName(route),
    [...new Set(route.errors.map((error) => errorTable[error].status))].sort((a, b) => a - b).join(', '),
  ]);
  return table(['route', 'what it does', 'request', 'errors'], rows);
}

function requestSchema(route: Route): JsonSchema {
  if (!route.requestSchema) return {};
  return z.toJSONSchema(route.requestSchema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

function requestName(route: Route): string {
  const { $ref, anyOf, oneOf } = requestSchema(route);
  return [$ref, ...(anyOf ?? oneOf ?? []).map((one) => one.$ref)]
    .filter((ref) => ref !== undefined)
    .map((ref) => link(nameOf(ref)))
    .join(' or ');
}

function definitionsOf(route: Route): Readonly<Record<string, JsonSchema>> {
  return requestSchema(route).$defs ?? {};
}

function schemaSection(name: string, { properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).map(([field, schema]) => [
    `${code(field)}${required.includes(field) ? ' (required)' : ''}`,
    typeOf(schema),
    schema.description ?? '',
  ]);
  return `### ${name}\n${table(['field', 'type', 'what it does'], rows)}`;
}

/** A type in words; that null is taken for an absent field goes without saying. */
function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return link(nameOf(schema.$ref));
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(', ');
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeOf))].filter((type) => type !== 'null').join(' or ');
  if (schema.type === 'array') return `array of ${schema.items ? typeOf(schema.items) : 'anything'}`;
  if (schema.type === undefined) return 'anything';
  return (
    [schema.type]
      .flat()
      .filter((type) => type !== 'null')
      .join(' or ') || 'null'
  );
}

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

function link(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}
