import { Deployment, type StartContainer } from '../containers/deployment.ts';
import type { StandIns } from '../containers/stand-ins.ts';
import { type HubEndpoint, type HubEndpointRequest, hubContainerSpec, stateOf } from './hub-endpoint.ts';
import { HubError } from './hub-error.ts';

export interface HubEndpointsOptions {
  readonly start: StartContainer;
  readonly standIns: StandIns;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The Inference Endpoints of this gateway's namespace. */
export class HubEndpoints {
  readonly #options: HubEndpointsOptions;
  readonly #endpoints = new Map<string, HubEndpoint>();

  constructor(options: HubEndpointsOptions) {
    this.#options = options;
  }

  values(): readonly HubEndpoint[] {
    return [...this.#endpoints.values()];
  }

  /** @throws HubError 404 */
  get(name: string): HubEndpoint {
    const endpoint = this.#endpoints.get(name);
    if (endpoint !== undefined) return endpoint;
    throw new HubError(404, `Endpoint ${JSON.stringify(name)} not found`);
  }

  /** Makes an endpoint and starts it. @throws HubError 409 for a name that is taken */
  create(request: HubEndpointRequest): HubEndpoint {
    if (this.#endpoints.has(request.name)) {
      throw new HubError(409, `Endpoint ${JSON.stringify(request.name)} already exists`);
    }
    const now = this.#options.now();
    const deployment = new Deployment(this.#options.start);
    const endpoint: HubEndpoint = { request, createdAt: now, updatedAt: now, askedAt: now, rest: 'paused', deployment };
    this.#endpoints.set(request.name, endpoint);
    this.#start(endpoint);
    return endpoint;
  }

  /** Runs it by another request; one that rests goes on resting. */
  update(name: string, request: HubEndpointRequest): HubEndpoint {
    const endpoint = this.get(name);
    const wasResting = endpoint.deployment.state.kind === 'stopped';
    endpoint.request = request;
    endpoint.updatedAt = this.#options.now();
    if (!wasResting) this.#start(endpoint);
    return endpoint;
  }

  /** Ends what runs, until it is resumed or, scaled to zero, asked. */
  async rest(name: string, kind: HubEndpoint['rest']): Promise<HubEndpoint> {
    const endpoint = this.get(name);
    endpoint.rest = kind;
    endpoint.updatedAt = this.#options.now();
    await endpoint.deployment.stop();
    return endpoint;
  }

  /** @throws HubError 400 for one that runs already */
  resume(name: string): HubEndpoint {
    const endpoint = this.get(name);
    const state = stateOf(endpoint);
    if (state === 'running' || state === 'initializing') {
      throw new HubError(400, `Bad Request: Endpoint ${JSON.stringify(name)} is already running`);
    }
    this.#start(endpoint);
    return endpoint;
  }

  /** Starts one that was scaled to zero; others stay as they are. */
  wake(endpoint: HubEndpoint): void {
    if (stateOf(endpoint) === 'scaledToZero') this.#start(endpoint);
  }

  async delete(name: string): Promise<void> {
    const { deployment } = this.get(name);
    this.#endpoints.delete(name);
    await deployment.stop();
  }

  /** Ends what runs of those that were not asked for as many minutes as they say. */
  async scaleIdle(): Promise<void> {
    const now = this.#options.now();
    const idle = this.values().filter(
      (endpoint) => stateOf(endpoint) === 'running' && endpoint.askedAt + patienceMs(endpoint) <= now,
    );
    await Promise.all(idle.map(({ request }) => this.rest(request.name, 'scaledToZero')));
  }

  #start(endpoint: HubEndpoint): void {
    endpoint.updatedAt = endpoint.askedAt = this.#options.now();
    void endpoint.deployment.start(hubContainerSpec(endpoint.request, this.#options.standIns));
  }
}

/** Infinite for an endpoint that keeps a replica. */
function patienceMs({ request }: HubEndpoint): number {
  const { minReplica, scaleToZeroTimeout } = request.compute.scaling ?? {};
  return minReplica === 0 && scaleToZeroTimeout ? scaleToZeroTimeout * 60_000 : Number.POSITIVE_INFINITY;
}
