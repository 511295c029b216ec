import { z } from 'zod';
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { errorTable } from '../../errors/errors.ts';
import { openaiDialect } from '../dialects/openai/openai-dialect.ts';
import type { ResponseDocument, Route } from '../route.ts';
import { type DocumentedBounds, documentation } from '../schema/documented.ts';
import { openaiErrorSchema } from '../schema/openai-answers.ts';
import { errorResponseSchema } from '../schema/tgi-answers.ts';

/** The OpenAPI document of some routes, with the bounds of the server that has them. */
export function createOpenApiDocument(routes: readonly Route[], version: string, bounds: DocumentedBounds): object {
  const paths: Record<string, ZodOpenApiPathsObject[string]> = {};
  for (const route of routes) {
    for (const path of route.paths) {
      const templated = path.replace(/[:*](\w+)/g, '{$1}');
      paths[templated] = { ...paths[templated], [route.method.toLowerCase()]: operation(route, templated) };
    }
  }
  const info = { title: 'Parlance', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } };
  const document = createDocument(
    { openapi: '3.1.0', info, paths },
    {
      override({ zodSchema, jsonSchema, io }) {
        const told = io === 'input' ? documentation.get(zodSchema)?.keywords(bounds) : undefined;
        Object.assign(jsonSchema, told);
      },
    },
  );
  for (const { get, post } of Object.values(document.paths ?? {})) {
    for (const operation of [get, post]) {
      const event = operation?.responses?.['200']?.content?.['text/event-stream'];
      if (event?.schema) event.schema = serverSentEvent(event.schema);
    }
  }
  return document;
}

function operation(route: Route, path: string): ZodOpenApiOperationObject {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name: name!,
    in: 'path' as const,
    required: true,
    schema: { type: 'string' as const },
  }));
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: `${route.method.toLowerCase()}${path.replace(/\W+/g, '_')}`,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.requestSchema
      ? { requestBody: { required: true, content: { 'application/json': { schema: route.requestSchema } } } }
      : {}),
    responses: { 200: response(withStreamErrors(route)), ...errorResponses(route) },
  };
}

function response({ description, content }: ResponseDocument) {
  const media = Object.entries(content ?? {}).map(([type, schema]) => [type, { schema }]);
  return { description, ...(media.length > 0 ? { content: Object.fromEntries(media) } : {}) };
}

/** A response a status: codes of the same status share it. */
function errorResponses({ errors, isOpen, dialect }: Route): ZodOpenApiResponsesObject {
  const codes = isOpen ? errors : [...errors, 'unauthorized' as const];
  const schema = errorSchema(dialect);
  const statuses = [...new Set(codes.map((code) => errorTable[code].status))];
  const describe = (status: number) => codes.filter((code) => errorTable[code].status === status).join(', ');
  return Object.fromEntries(
    statuses.map((status) => [
      String(status),
      response({ description: describe(status), content: { 'application/json': schema } }),
    ]),
  );
}

/** Once a stream has begun, an error is one of its events. */
function withStreamErrors({ response: { description, content = {} }, dialect }: Route): ResponseDocument {
  const { 'text/event-stream': event, ...others } = content;
  if (event === undefined) return { description, content };
  return { description, content: { ...others, 'text/event-stream': z.union([event, errorSchema(dialect)]) } };
}

function errorSchema(dialect: Route['dialect']): z.ZodType {
  if (typeof dialect === 'function') return z.union([errorResponseSchema, openaiErrorSchema]);
  return dialect === openaiDialect ? openaiErrorSchema : errorResponseSchema;
}

/** An event as a client has it: its data is JSON in a text, but for the end of OpenAI's streams. */
function serverSentEvent(data: oas31.SchemaObject | oas31.ReferenceObject): oas31.SchemaObject {
  // A keyword of JSON Schema that the package's types leave out.
  const json = { type: 'string' as const, contentMediaType: 'application/json', contentSchema: data };
  const done: oas31.SchemaObject = { type: 'string', const: openaiDialect.endOfStream };
  return { type: 'object', properties: { data: { anyOf: [done, json] } }, required: ['data'] };
}
