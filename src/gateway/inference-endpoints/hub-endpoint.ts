import { z } from 'zod';
import type { Deployment } from '../containers/deployment.ts';
import { type StandIns, standInEnvironment } from '../containers/stand-ins.ts';
import type { ContainerSpec } from '../containers/start-container.ts';

const environment = z.record(z.string(), z.string()).optional();
/** A key for the kind of image: `custom`, `huggingface`, `tgi`, … */
const imageSchema = z.record(
  z.string(),
  z.looseObject({
    url: z.string().optional(),
    health_route: z.string().optional(),
    healthRoute: z.string().optional(),
    env: environment,
  }),
);

const modelSchema = z.looseObject({
  repository: z.string().min(1),
  revision: z.string().nullish(),
  framework: z.string(),
  task: z.string().nullish(),
  image: imageSchema.optional(),
  env: environment,
  secrets: environment,
});

const computeSchema = z.looseObject({
  scaling: z
    .looseObject({
      minReplica: z.int().min(0).nullish(),
      maxReplica: z.int().min(0).nullish(),
      scaleToZeroTimeout: z.int().min(1).nullish(),
    })
    .optional(),
});

/** The body of a request for a new endpoint. */
export const hubEndpointSchema = z.looseObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, 'must be 1 to 32 lower-case letters, digits and dashes'),
  type: z.enum(['public', 'protected', 'authenticated', 'private']).default('protected'),
  provider: z.looseObject({}).optional(),
  compute: computeSchema,
  model: modelSchema,
});

/** The body of a request that changes one: what it leaves out stays. */
export const hubUpdateSchema = z.looseObject({
  type: hubEndpointSchema.shape.type.optional(),
  compute: computeSchema.optional(),
  model: modelSchema.partial().optional(),
});

export type HubEndpointRequest = z.output<typeof hubEndpointSchema>;

/** An Inference Endpoint. Times are milliseconds since 1970. */
export interface HubEndpoint {
  request: HubEndpointRequest;
  readonly createdAt: number;
  updatedAt: number;
  /** When it last answered; for scaling to zero. */
  askedAt: number;
  /** Why nothing runs, where nothing does. */
  rest: 'paused' | 'scaledToZero';
  readonly deployment: Deployment;
}

export type HubState = 'initializing' | 'running' | 'failed' | 'paused' | 'scaledToZero';

export function stateOf({ deployment, rest }: HubEndpoint): HubState {
  switch (deployment.state.kind) {
    case 'starting':
      return 'initializing';
    case 'running':
      return 'running';
    case 'failed':
      return 'failed';
    case 'stopped':
      return rest;
  }
}

/** The endpoint as huggingface_hub reads it.
 * @param url that it is served at */
export function renderHubEndpoint(endpoint: HubEndpoint, url: string) {
  const { request, createdAt, updatedAt, deployment } = endpoint;
  const state = stateOf(endpoint);
  const isRunning = state === 'running';
  return {
    ...request,
    healthRoute: healthRouteOf(request),
    model: { ...request.model, revision: request.model.revision ?? null, task: request.model.task ?? null },
    status: {
      state,
      message: deployment.state.kind === 'failed' ? deployment.state.reason : `The endpoint is ${state}`,
      createdAt: new Date(createdAt).toISOString(),
      updatedAt: new Date(updatedAt).toISOString(),
      readyReplica: isRunning ? 1 : 0,
      targetReplica: isRunning || state === 'initializing' ? 1 : 0,
      // The address stays while it sleeps: asking there wakes it.
      ...(isRunning || state === 'scaledToZero' ? { url } : {}),
    },
  };
}

function imageOf({ model }: HubEndpointRequest) {
  return Object.values(model.image ?? {})[0];
}

function healthRouteOf(request: HubEndpointRequest): string {
  const image = imageOf(request);
  return image?.health_route ?? image?.healthRoute ?? '/health';
}

/** Where Inference Endpoints mount the repository. */
const REPOSITORY_FOLDER = '/repository';
const HEALTH_TIMEOUT_MS = 600_000;

/** What to start for an endpoint: its repository, or what stands in for it. */
export function hubContainerSpec(request: HubEndpointRequest, standIns: StandIns): ContainerSpec {
  const { repository, revision, env, secrets } = request.model;
  const given = { ...imageOf(request)?.env, ...env, ...secrets };
  const standIn = standIns.get(repository);
  const asked = given.MODEL_ID ?? REPOSITORY_FOLDER;
  const mounted = {
    ...given,
    MODEL_ID: asked === REPOSITORY_FOLDER ? repository : asked,
    ...(revision ? { REVISION: revision } : {}),
  };
  return {
    name: request.name,
    environment: standIn === undefined ? mounted : standInEnvironment(mounted, standIn),
    healthPath: healthRouteOf(request),
    healthTimeoutMs: HEALTH_TIMEOUT_MS,
  };
}
