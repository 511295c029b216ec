import { Deployment } from '../containers/deployment.ts';
import type { ContainerSpec } from '../containers/start-container.ts';
import type { Gateway } from '../gateway.ts';
import type {
  ContainerDefinition,
  Endpoint,
  EndpointConfigRequest,
  ProductionVariant,
  Variant,
} from '../resources/resources.ts';
import { containerEnvironment } from './container-environment.ts';

/** SageMaker's, where a variant or component sets none. */
const DEFAULT_HEALTH_TIMEOUT_SECONDS = 480;
/** SageMaker's longest FailureReason. */
const MAX_REASON_LENGTH = 1024;

/** The container that a model is of. @throws ValidationException for a model that is not there */
export function containerOf(modelName: string, { resources }: Gateway): ContainerDefinition {
  const { PrimaryContainer, Containers } = resources.models.get(modelName).request;
  return PrimaryContainer ?? Containers?.[0] ?? {};
}

export interface ContainerUse {
  /** For the log. */
  readonly name: string;
  readonly healthTimeoutSeconds: number | undefined;
}

/** What to start for a container. */
export function containerSpec(
  definition: ContainerDefinition,
  { name, healthTimeoutSeconds = DEFAULT_HEALTH_TIMEOUT_SECONDS }: ContainerUse,
  { options, s3 }: Gateway,
): ContainerSpec {
  return {
    name,
    environment: containerEnvironment(definition, options.standIns, s3),
    healthPath: '/ping',
    healthTimeoutMs: healthTimeoutSeconds * 1000,
  };
}

/** What describes a container that did not get healthy, in SageMaker's words, with what it logged. */
export function pingFailure(what: string, reason: string): string {
  return `The primary container for ${what} did not pass the ping health check. Please check CloudWatch logs for this endpoint. ${reason}`.slice(
    0,
    MAX_REASON_LENGTH,
  );
}

/** A variant that is about to start, and how to. */
export interface PlannedVariant {
  readonly variant: Variant;
  readonly spec: ContainerSpec | undefined;
}

/** Lays out the variants of a configuration. @throws ValidationException for a model that is not there */
export function planVariants(
  endpointName: string,
  { ProductionVariants }: EndpointConfigRequest,
  gateway: Gateway,
): readonly PlannedVariant[] {
  return ProductionVariants.map((asked) => planVariant(endpointName, asked, gateway));
}

function planVariant(endpointName: string, asked: ProductionVariant, gateway: Gateway): PlannedVariant {
  const { VariantName, ModelName, InitialVariantWeight = 1, InitialInstanceCount = 1 } = asked;
  const common = { name: VariantName, weight: InitialVariantWeight, instanceCount: InitialInstanceCount };
  if (ModelName === undefined)
    return { variant: { ...common, image: undefined, deployment: undefined }, spec: undefined };
  const definition = containerOf(ModelName, gateway);
  const healthTimeoutSeconds = asked.ContainerStartupHealthCheckTimeoutInSeconds;
  return {
    variant: { ...common, image: definition.Image, deployment: new Deployment(gateway.host.start) },
    spec: containerSpec(definition, { name: `${endpointName}/${VariantName}`, healthTimeoutSeconds }, gateway),
  };
}

/** Starts all variants. @returns why they are not in service, or undefined */
export async function startVariants(planned: readonly PlannedVariant[]): Promise<string | undefined> {
  await Promise.all(planned.map(({ variant, spec }) => spec && variant.deployment?.start(spec)));
  for (const { variant } of planned) {
    const state = variant.deployment?.state;
    if (state?.kind === 'failed') return pingFailure(`production variant ${variant.name}`, state.reason);
  }
  return undefined;
}

/** Ends what runs for these variants. */
export async function stopVariants(variants: readonly Variant[]): Promise<void> {
  await Promise.all(variants.map(({ deployment }) => deployment?.stop()));
}

/** Notes how the start of an endpoint or of a component went. */
export function settle(
  started: Pick<Endpoint, 'status' | 'failureReason' | 'modifiedAt'>,
  failureReason: string | undefined,
  now: number,
): void {
  started.status = failureReason === undefined ? 'InService' : 'Failed';
  started.failureReason = failureReason;
  started.modifiedAt = now;
}
