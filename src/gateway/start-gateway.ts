import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { remoteContainer } from './containers/container.ts';
import { ContainerHost } from './containers/container-host.ts';
import { Deployment } from './containers/deployment.ts';
import { settle, startVariants } from './control-plane/endpoint-lifecycle.ts';
import { createGateway } from './create-gateway.ts';
import type { Gateway } from './gateway.ts';
import type { GatewayOptions, Log, Surroundings } from './gateway-options.ts';
import { HubEndpoints } from './inference-endpoints/hub-endpoints.ts';
import { addGivenEndpoint, createResources } from './resources/resources.ts';
import { Faults } from './runtime/faults.ts';
import { LocalS3 } from './runtime/local-s3.ts';

/** An endpoint that is there from the start. */
export interface GivenAddress {
  readonly name: string;
  readonly component: string | undefined;
  readonly url: string;
}

export interface StartOptions extends GatewayOptions {
  readonly hostname: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Endpoints that are served elsewhere. Without one, `demo` is served by a container of the gateway's own. */
  readonly endpoints: readonly GivenAddress[];
  /** Serves a model by its environment: program and arguments. */
  readonly command: readonly string[];
}

export interface RunningGateway {
  readonly url: string;
  readonly gateway: Gateway;
  /** Ends all containers, and closes the port. */
  close(): Promise<void>;
}

const DEMO = 'demo';
const DEMO_HEALTH_TIMEOUT_MS = 480_000;
const IDLE_CHECK_MS = 10_000;

/** Opens the gateway's port. @throws the listen error, e.g. EADDRINUSE; ValidationException for an endpoint named twice */
export async function startGateway(
  options: StartOptions,
  given: { readonly log: Log } & Partial<Surroundings>,
): Promise<RunningGateway> {
  const surroundings: Surroundings = { now: Date.now, random: Math.random, newId: randomUUID, ...given };
  const gateway = openGateway(options, surroundings);
  addEndpoints(gateway, options.endpoints);
  let url = '';
  const server = createServer(createGateway(gateway, () => url).callback());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.hostname, resolve);
  });
  const { address, family, port } = server.address() as AddressInfo;
  url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  if (options.endpoints.length === 0) startDemo(gateway);
  const idleCheck = setInterval(() => void gateway.hubEndpoints.scaleIdle(), IDLE_CHECK_MS).unref();
  return {
    url,
    gateway,
    async close() {
      clearInterval(idleCheck);
      const closed = new Promise((resolve) => server.close(resolve));
      await gateway.host.stopAll();
      server.closeAllConnections();
      await closed;
    },
  };
}

function openGateway(options: StartOptions, surroundings: Surroundings): Gateway {
  const host = new ContainerHost(options.command, surroundings.log);
  return {
    options,
    surroundings,
    host,
    resources: createResources(options.account),
    hubEndpoints: new HubEndpoints({ start: host.start, standIns: options.standIns, now: surroundings.now }),
    faults: new Faults(options.faults, surroundings),
    s3: new LocalS3(options.s3Folder),
  };
}

function addEndpoints({ resources, surroundings }: Gateway, endpoints: readonly GivenAddress[]): void {
  for (const { name, component, url } of endpoints) {
    const container = remoteContainer(url);
    const deployment = new Deployment(async () => container, container);
    addGivenEndpoint(resources, { name, component, deployment }, surroundings.now());
  }
}

/** Serves what `parlance serve` serves when it is told nothing. */
function startDemo({ resources, surroundings, host }: Gateway): void {
  const deployment = new Deployment(host.start);
  addGivenEndpoint(resources, { name: DEMO, component: undefined, deployment }, surroundings.now());
  const endpoint = resources.endpoints.get(DEMO);
  endpoint.status = 'Creating';
  const spec = { name: DEMO, environment: {}, healthPath: '/ping', healthTimeoutMs: DEMO_HEALTH_TIMEOUT_MS };
  void startVariants([{ variant: endpoint.variants[0]!, spec }]).then((reason) => {
    if (endpoint.status === 'Creating') settle(endpoint, reason, surroundings.now());
  });
}
