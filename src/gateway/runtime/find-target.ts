import { AwsError } from '../aws-errors.ts';
import type { Container } from '../containers/container.ts';
import type { Component, Endpoint, Resources, Variant } from '../resources/resources.ts';
import type { Faults } from './faults.ts';

/** Who a request asks for. */
export interface Selection {
  readonly endpointName: string;
  readonly variantName: string | undefined;
  readonly componentName: string | undefined;
}

/** What answers an invocation. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly variantName: string;
  readonly container: Container;
}

export interface TargetChoice {
  readonly resources: Resources;
  readonly faults: Faults;
  readonly random: () => number;
}

/** Finds the container that an invocation is for.
 * @throws ValidationError for an endpoint, variant or component that is not there, is not in service, or has no copy;
 *   ModelNotReadyException for an endpoint that was made to start cold */
export function findTarget(selection: Selection, { resources, faults, random }: TargetChoice): Target {
  const endpoint = resources.endpoints.find(selection.endpointName);
  if (endpoint === undefined) {
    throw new AwsError(
      'ValidationError',
      `Endpoint ${selection.endpointName} of account ${resources.account.id} not found.`,
    );
  }
  if (endpoint.status !== 'InService' && endpoint.status !== 'Updating') {
    throw new AwsError(
      'ValidationError',
      `Endpoint ${endpoint.name} is not in service: its status is ${endpoint.status}.`,
    );
  }
  const components = resources.components.values().filter(({ endpointName }) => endpointName === endpoint.name);
  const { componentName } = selection;
  const hasOwnModels = endpoint.variants.some(({ deployment }) => deployment !== undefined);
  if (componentName !== undefined || !hasOwnModels) {
    return componentTarget(endpoint, chooseComponent(endpoint, components, componentName), faults);
  }
  return variantTarget(endpoint, chooseVariant(endpoint, selection.variantName, random), faults);
}

function chooseComponent(endpoint: Endpoint, components: readonly Component[], name: string | undefined): Component {
  if (name === undefined) {
    throw new AwsError(
      'ValidationError',
      'Inference Component Name header is required for endpoints to which you plan to deploy inference components. Please include Inference Component Name header or consider using SageMaker models.',
    );
  }
  const component = components.find((candidate) => candidate.name === name);
  if (component !== undefined) return component;
  throw new AwsError('ValidationError', `Inference component ${name} of endpoint ${endpoint.name} not found.`);
}

function componentTarget(endpoint: Endpoint, component: Component, faults: Faults): Target {
  const { container } = component.deployment;
  if (container === undefined || faults.isCold(component.arn)) {
    throw new AwsError(
      'ValidationError',
      'Inference Component has no capacity to process this request. ApplicationAutoScaling may be in-progress (if configured) or try to increase the capacity by invoking UpdateInferenceComponentRuntimeConfig API.',
    );
  }
  return { endpoint, variantName: component.variantName, container };
}

function chooseVariant({ name, variants }: Endpoint, variantName: string | undefined, random: () => number): Variant {
  if (variantName === undefined) return byWeight(variants, random);
  const variant = variants.find((candidate) => candidate.name === variantName);
  if (variant !== undefined) return variant;
  throw new AwsError('ValidationError', `Variant ${variantName} of endpoint ${name} not found.`);
}

function variantTarget(endpoint: Endpoint, variant: Variant, faults: Faults): Target {
  const container = variant.deployment?.container;
  if (container === undefined) {
    throw new AwsError(
      'ServiceUnavailable',
      `Variant ${variant.name} of endpoint ${endpoint.name} has no running container.`,
    );
  }
  if (faults.isCold(`${endpoint.arn}/${variant.name}`)) {
    throw new AwsError(
      'ModelNotReadyException',
      `Variant ${variant.name} of endpoint ${endpoint.name} is starting; try again.`,
    );
  }
  return { endpoint, variantName: variant.name, container };
}

/** A variant, each as often as its share of all weights; the first where all weigh nothing. */
function byWeight(variants: readonly Variant[], random: () => number): Variant {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const variant of variants) {
    left -= variant.weight;
    if (left < 0) return variant;
  }
  return variants[0]!;
}
