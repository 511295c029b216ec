import { z } from 'zod';
import { type ErrorCode, ParlanceError } from '../errors/errors.ts';
import type { Dialect } from './dialects/dialect.ts';
import { describeIssue } from './schema/describe-issue.ts';
import type { Services } from './services.ts';

/** One request on its way through a route. */
export interface RequestContext {
  readonly services: Services;
  /** Path parameters. */
  readonly params: Readonly<Record<string, string>>;
  /** A header of the request; empty where it has none. */
  header(name: string): string;
  /** Aborts when the client goes away. */
  readonly signal: AbortSignal;
  /** When the request arrived, by `services.clock.now()`. */
  readonly startedAtMs: number;
  /** Takes permits that are given back when the answer has ended. @throws overloaded, unavailable */
  admit(numGenerations: number): void;
}

export type Headers = Readonly<Record<string, string>>;

/** What a route answers. A stream's events are sent as JSON, one by one, as fast as the client reads. */
export type Answer =
  | { readonly kind: 'json'; readonly body: object; readonly headers?: Headers }
  | { readonly kind: 'stream'; readonly events: AsyncIterable<object>; readonly headers?: Headers }
  | { readonly kind: 'content'; readonly type: string; readonly content: string | Buffer }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'empty' };

export interface ResponseDocument {
  readonly description: string;
  /** Schema by media type. */
  readonly content?: Readonly<Record<string, z.ZodType>>;
}

interface RouteBase {
  readonly paths: readonly string[];
  readonly summary: string;
  readonly tag: string;
  /** How errors are told; by the body where the route speaks several dialects. */
  readonly dialect: Dialect | ((body: unknown) => Dialect);
  readonly response: ResponseDocument;
  /** Errors it may give, beside those of all routes. */
  readonly errors: readonly ErrorCode[];
  /** Headers that every answer, errors too, gives back as the request has them. */
  readonly echoedHeaders?: readonly string[];
}

/** A route: how it is found, documented, validated, counted and answered. */
export interface Route extends RouteBase {
  readonly method: 'GET' | 'POST';
  readonly requestSchema?: z.ZodType;
  /** Whether it answers without an API key. */
  readonly isOpen: boolean;
  /** Whether its requests count as generations in the metrics. */
  readonly isGeneration: boolean;
  /** @param body parsed JSON of a POST, else undefined */
  respond(body: unknown, context: RequestContext): Promise<Answer>;
}

export interface GetDefinition extends RouteBase {
  readonly isOpen?: boolean;
  respond(context: RequestContext): Answer | Promise<Answer>;
}

export function getRoute(definition: GetDefinition): Route {
  return {
    ...definition,
    method: 'GET',
    isOpen: definition.isOpen ?? false,
    isGeneration: false,
    respond: async (_body, context) => definition.respond(context),
  };
}

export interface PostDefinition<Schema extends z.ZodType> extends RouteBase {
  readonly requestSchema: Schema;
  readonly isGeneration: boolean;
  respond(body: z.output<Schema>, context: RequestContext): Promise<Answer>;
}

/** A route whose handler gets its body parsed by `requestSchema`. */
export function postRoute<Schema extends z.ZodType>(definition: PostDefinition<Schema>): Route {
  return {
    ...definition,
    method: 'POST',
    isOpen: false,
    respond: async (body, context) => definition.respond(parseBody(definition.requestSchema, body), context),
  };
}

/** @throws invalid_body naming the field, the value and what is allowed */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = z.safeParse(schema, body);
  if (result.success) return result.data;
  const { path, message } = describeIssue(result.error, body);
  const text = `Failed to deserialize the JSON body into the target type: ${message}`;
  throw new ParlanceError('invalid_body', text, path === '' ? {} : { param: path });
}
