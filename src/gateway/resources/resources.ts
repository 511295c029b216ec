import { type Account, arnOf } from '../arn.ts';
import type { Deployment } from '../containers/deployment.ts';
import { type Resource, ResourceTable } from './resource-table.ts';

/** What CreateModel or CreateEndpointConfig was asked, kept as it came so that Describe tells it again. */
export interface StoredRequest<Request> extends Resource {
  readonly request: Request;
}

export interface ContainerDefinition {
  readonly Image?: string | undefined;
  readonly Environment?: Readonly<Record<string, string>> | undefined;
  readonly ModelDataUrl?: string | undefined;
  readonly ModelDataSource?:
    | { readonly S3DataSource?: { readonly S3Uri?: string | undefined } | undefined }
    | undefined;
}

export interface ModelRequest {
  readonly ModelName: string;
  readonly PrimaryContainer?: ContainerDefinition | undefined;
  readonly Containers?: readonly ContainerDefinition[] | undefined;
}

export interface ProductionVariant {
  readonly VariantName: string;
  /** Absent where inference components bring the models. */
  readonly ModelName?: string | undefined;
  readonly InstanceType?: string | undefined;
  readonly InitialInstanceCount?: number | undefined;
  readonly InitialVariantWeight?: number | undefined;
  readonly ContainerStartupHealthCheckTimeoutInSeconds?: number | undefined;
}

export interface EndpointConfigRequest {
  readonly EndpointConfigName: string;
  readonly ProductionVariants: readonly ProductionVariant[];
  readonly AsyncInferenceConfig?:
    | {
        readonly OutputConfig?:
          | { readonly S3OutputPath?: string | undefined; readonly S3FailurePath?: string | undefined }
          | undefined;
      }
    | undefined;
}

/** A share of an endpoint's traffic and what answers it. */
export interface Variant {
  readonly name: string;
  weight: number;
  instanceCount: number;
  readonly image: string | undefined;
  /** Absent where inference components bring the models. */
  readonly deployment: Deployment | undefined;
}

type EndpointStatus = 'Creating' | 'Updating' | 'InService' | 'Deleting' | 'Failed';

export interface Endpoint extends Resource {
  modifiedAt: number;
  configName: string;
  status: EndpointStatus;
  failureReason: string | undefined;
  variants: readonly Variant[];
  asyncOutput: AsyncOutput | undefined;
}

/** Where answers of asynchronous invocations go: s3:// addresses of folders. */
export interface AsyncOutput {
  readonly outputPath: string;
  readonly failurePath: string;
}

export interface Component extends Resource {
  modifiedAt: number;
  readonly endpointName: string;
  readonly variantName: string;
  status: EndpointStatus;
  failureReason: string | undefined;
  /** As CreateInferenceComponent or UpdateInferenceComponent had it. */
  specification: ComponentSpecification;
  numCopies: number;
  readonly deployment: Deployment;
}

interface ComponentSpecification {
  readonly ModelName?: string | undefined;
  readonly Container?: (ContainerDefinition & { readonly ArtifactUrl?: string | undefined }) | undefined;
  readonly StartupParameters?:
    | { readonly ContainerStartupHealthCheckTimeoutInSeconds?: number | undefined }
    | undefined;
}

/** All that the gateway's SageMaker knows of. */
export interface Resources {
  readonly account: Account;
  readonly models: ResourceTable<StoredRequest<ModelRequest>>;
  readonly endpointConfigs: ResourceTable<StoredRequest<EndpointConfigRequest>>;
  readonly endpoints: ResourceTable<Endpoint>;
  readonly components: ResourceTable<Component>;
  /** By ARN. */
  readonly tags: Map<string, Map<string, string>>;
}

export function createResources(account: Account): Resources {
  return {
    account,
    models: new ResourceTable('model'),
    endpointConfigs: new ResourceTable('endpoint configuration'),
    endpoints: new ResourceTable('endpoint'),
    components: new ResourceTable('inference component'),
    tags: new Map(),
  };
}

export interface GivenEndpoint {
  readonly name: string;
  readonly deployment: Deployment;
  /** The inference component that it is, where it is none of the endpoint's own. */
  readonly component: string | undefined;
}

/** What an endpoint has as its variant that was not made by CreateEndpoint. */
const GIVEN_VARIANT = 'AllTraffic';

/** Adds an endpoint that was named on the command line; its configuration is there in name alone.
 * @throws ValidationException for a name that is taken */
export function addGivenEndpoint(
  resources: Resources,
  { name, deployment, component }: GivenEndpoint,
  now: number,
): void {
  const { account, endpoints, components } = resources;
  const variant = { name: GIVEN_VARIANT, weight: 1, instanceCount: 1, image: undefined };
  const times = { createdAt: now, modifiedAt: now };
  if (component === undefined || endpoints.find(name) === undefined) {
    endpoints.add({
      name,
      arn: arnOf(account, 'endpoint', name),
      ...times,
      configName: name,
      status: 'InService',
      failureReason: undefined,
      variants: [{ ...variant, deployment: component === undefined ? deployment : undefined }],
      asyncOutput: {
        outputPath: `s3://${ASYNC_BUCKET}/${name}/output`,
        failurePath: `s3://${ASYNC_BUCKET}/${name}/failure`,
      },
    });
  }
  if (component === undefined) return;
  components.add({
    name: component,
    arn: arnOf(account, 'inference-component', component),
    ...times,
    endpointName: name,
    variantName: GIVEN_VARIANT,
    status: 'InService',
    failureReason: undefined,
    specification: { Container: {} },
    numCopies: 1,
    deployment,
  });
}

/** Where endpoints of the command line answer asynchronous invocations. */
const ASYNC_BUCKET = 'parlance-async';
