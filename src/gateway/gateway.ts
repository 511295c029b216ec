import type { ContainerHost } from './containers/container-host.ts';
import type { GatewayOptions, Surroundings } from './gateway-options.ts';
import type { HubEndpoints } from './inference-endpoints/hub-endpoints.ts';
import type { Resources } from './resources/resources.ts';
import type { Faults } from './runtime/faults.ts';
import type { LocalS3 } from './runtime/local-s3.ts';

/** What the routes of the gateway share. */
export interface Gateway {
  readonly options: GatewayOptions;
  readonly surroundings: Surroundings;
  readonly resources: Resources;
  readonly hubEndpoints: HubEndpoints;
  readonly host: ContainerHost;
  readonly faults: Faults;
  readonly s3: LocalS3;
}
