import { z } from 'zod';
import { arnOf } from '../arn.ts';
import { AwsError } from '../aws-errors.ts';
import { Deployment } from '../containers/deployment.ts';
import type { ContainerSpec } from '../containers/start-container.ts';
import type { Gateway } from '../gateway.ts';
import type { Component } from '../resources/resources.ts';
import { containerOf, containerSpec, pingFailure, settle } from './endpoint-lifecycle.ts';
import { listPage, listSchema } from './list-page.ts';
import { containerSchema } from './models.ts';
import { nameSchema, operation, tagsSchema, toSeconds } from './operation.ts';
import { setTags } from './tags.ts';

const named = z.looseObject({ InferenceComponentName: nameSchema });
const runtimeSchema = z.looseObject({ CopyCount: z.int().min(0) });
const specificationSchema = z.looseObject({
  ModelName: nameSchema.optional(),
  Container: containerSchema.extend({ ArtifactUrl: z.string().optional() }).optional(),
  StartupParameters: z
    .looseObject({ ContainerStartupHealthCheckTimeoutInSeconds: z.int().min(60).max(3600).optional() })
    .optional(),
});

const createSchema = named.extend({
  EndpointName: nameSchema,
  VariantName: nameSchema.optional(),
  Specification: specificationSchema,
  RuntimeConfig: runtimeSchema.default({ CopyCount: 1 }),
  Tags: tagsSchema,
});

export const createInferenceComponent = operation(createSchema, (input, gateway) => {
  const { resources, surroundings } = gateway;
  const endpoint = resources.endpoints.get(input.EndpointName);
  const variant = endpoint.variants.find(({ name }) => name === (input.VariantName ?? name));
  if (variant === undefined || variant.deployment !== undefined) {
    throw new AwsError(
      'ValidationException',
      `Endpoint "${endpoint.arn}" has no variant ${input.VariantName ?? ''} without a model of its own, which inference components need.`,
    );
  }
  const now = surroundings.now();
  const component: Component = {
    name: input.InferenceComponentName,
    arn: arnOf(resources.account, 'inference-component', input.InferenceComponentName),
    createdAt: now,
    modifiedAt: now,
    endpointName: endpoint.name,
    variantName: variant.name,
    status: 'Creating',
    failureReason: undefined,
    specification: input.Specification,
    numCopies: input.RuntimeConfig.CopyCount,
    deployment: new Deployment(gateway.host.start),
  };
  const spec = componentSpec(component, gateway);
  resources.components.add(component);
  setTags(resources, component.arn, input.Tags);
  void replace(component, spec, gateway);
  return { InferenceComponentArn: component.arn };
});

/** @throws ValidationException for a model that is not there, or none at all */
function componentSpec({ name, endpointName, specification }: Component, gateway: Gateway): ContainerSpec {
  const { ModelName, Container, StartupParameters } = specification;
  const healthTimeoutSeconds = StartupParameters?.ContainerStartupHealthCheckTimeoutInSeconds;
  const use = { name: `${endpointName}/${name}`, healthTimeoutSeconds };
  if (ModelName !== undefined) return containerSpec(containerOf(ModelName, gateway), use, gateway);
  if (Container === undefined) {
    throw new AwsError(
      'ValidationException',
      `Inference component "${name}" names neither a ModelName nor a Container.`,
    );
  }
  const definition = { ...Container, ModelDataUrl: Container.ArtifactUrl ?? Container.ModelDataUrl };
  return containerSpec(definition, use, gateway);
}

/** Brings a component to the copies that it is to have, where they are others than before: one container answers for all
 * of them. */
async function scale(component: Component, spec: ContainerSpec, gateway: Gateway): Promise<void> {
  if (component.numCopies > 0 && component.deployment.state.kind === 'running') settleComponent(component, gateway);
  else await replace(component, spec, gateway);
}

/** Ends what runs for a component, and starts what is to run. */
async function replace(component: Component, spec: ContainerSpec, gateway: Gateway): Promise<void> {
  await (component.numCopies === 0 ? component.deployment.stop() : component.deployment.start(spec));
  settleComponent(component, gateway);
}

/** Notes how it went, unless the component is being deleted by now. */
function settleComponent(component: Component, { surroundings }: Gateway): void {
  if (component.status === 'Deleting') return;
  const { state } = component.deployment;
  const failed =
    state.kind === 'failed' ? pingFailure(`inference component ${component.name}`, state.reason) : undefined;
  settle(component, failed, surroundings.now());
}

export const describeInferenceComponent = operation(named, ({ InferenceComponentName }, { resources }) => {
  const component = resources.components.get(InferenceComponentName);
  const { endpointName, failureReason, specification, numCopies, deployment } = component;
  return {
    InferenceComponentName: component.name,
    InferenceComponentArn: component.arn,
    EndpointName: endpointName,
    EndpointArn: arnOf(resources.account, 'endpoint', endpointName),
    VariantName: component.variantName,
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
    Specification: specification,
    RuntimeConfig: {
      DesiredCopyCount: numCopies,
      CurrentCopyCount: deployment.container === undefined ? 0 : numCopies,
    },
    CreationTime: toSeconds(component.createdAt),
    LastModifiedTime: toSeconds(component.modifiedAt),
    InferenceComponentStatus: component.status,
  };
});

const listComponentsSchema = listSchema.extend({
  EndpointNameEquals: z.string().optional(),
  VariantNameEquals: z.string().optional(),
});

export const listInferenceComponents = operation(listComponentsSchema, (input, { resources }) => {
  const { EndpointNameEquals, VariantNameEquals } = input;
  const asked = resources.components
    .values()
    .filter(({ endpointName }) => endpointName === (EndpointNameEquals ?? endpointName))
    .filter(({ variantName }) => variantName === (VariantNameEquals ?? variantName));
  const { items, ...page } = listPage(asked, input);
  const InferenceComponents = items.map((component) => ({
    InferenceComponentName: component.name,
    InferenceComponentArn: component.arn,
    EndpointName: component.endpointName,
    EndpointArn: arnOf(resources.account, 'endpoint', component.endpointName),
    VariantName: component.variantName,
    InferenceComponentStatus: component.status,
    CreationTime: toSeconds(component.createdAt),
    LastModifiedTime: toSeconds(component.modifiedAt),
  }));
  return { InferenceComponents, ...page };
});

/** @throws ValidationException for one that is not there, or that is being changed */
function settledComponent(name: string, { resources }: Gateway): Component {
  const component = resources.components.get(name);
  if (component.status === 'InService' || component.status === 'Failed') return component;
  throw new AwsError('ValidationException', `Cannot update in-progress inference component "${component.arn}".`);
}

const updateSchema = named.extend({
  Specification: specificationSchema.optional(),
  RuntimeConfig: runtimeSchema.optional(),
});

export const updateInferenceComponent = operation(updateSchema, (input, gateway) => {
  const component = settledComponent(input.InferenceComponentName, gateway);
  const specification = input.Specification ?? component.specification;
  const spec = componentSpec({ ...component, specification }, gateway);
  component.specification = specification;
  component.numCopies = input.RuntimeConfig?.CopyCount ?? component.numCopies;
  component.status = 'Updating';
  void (input.Specification === undefined ? scale : replace)(component, spec, gateway);
  return { InferenceComponentArn: component.arn };
});

export const updateInferenceComponentRuntimeConfig = operation(
  named.extend({ DesiredRuntimeConfig: runtimeSchema }),
  ({ InferenceComponentName, DesiredRuntimeConfig }, gateway) => {
    const component = settledComponent(InferenceComponentName, gateway);
    component.numCopies = DesiredRuntimeConfig.CopyCount;
    component.status = 'Updating';
    void scale(component, componentSpec(component, gateway), gateway);
    return { InferenceComponentArn: component.arn };
  },
);

export const deleteInferenceComponent = operation(named, ({ InferenceComponentName }, { resources }) => {
  const component = resources.components.get(InferenceComponentName);
  component.status = 'Deleting';
  void component.deployment.stop().then(() => {
    resources.components.delete(component.name);
    resources.tags.delete(component.arn);
  });
});
