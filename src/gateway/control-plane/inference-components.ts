import { z } from 'zod';
import { arnOf } from '../arn.ts';
import { AwsError } from '../aws-errors.ts';
import { Deployment } from '../containers/deployment.ts';
import type { ContainerSpec } from '../containers/start-container.ts';
import type { Gateway } from '../gateway.ts';
import type { Component, ComponentSpecification } from '../resources/resources.ts';
import { containerEnvironment } from './container-environment.ts';
import { modelSpec, pingFailure, settle } from './endpoint-lifecycle.ts';
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
  void scale(component, spec, gateway);
  return { InferenceComponentArn: component.arn };
});

/** @throws ValidationException for a model that is not there, or none at all */
function componentSpec({ name, endpointName, specification }: Component, gateway: Gateway): ContainerSpec {
  const use = { name: `${endpointName}/${name}`, healthTimeoutSeconds: healthTimeout(specification) };
  const { ModelName, Container } = specification;
  if (ModelName !== undefined) return modelSpec({ ...use, modelName: ModelName }, gateway);
  if (Container === undefined) {
    throw new AwsError(
      'ValidationException',
      `Inference component "${name}" names neither a ModelName nor a Container.`,
    );
  }
  const definition = { ...Container, ModelDataUrl: Container.ArtifactUrl ?? Container.ModelDataUrl };
  const { standIns } = gateway.options;
  return {
    name: use.name,
    environment: containerEnvironment(definition, standIns, gateway.s3),
    healthPath: '/ping',
    healthTimeoutMs: (use.healthTimeoutSeconds ?? 480) * 1000,
  };
}

function healthTimeout({ StartupParameters }: ComponentSpecification): number | undefined {
  return StartupParameters?.ContainerStartupHealthCheckTimeoutInSeconds;
}

/** Brings a component to the copies that it is to have: one container answers for all of them. */
async function scale(component: Component, spec: ContainerSpec, { surroundings }: Gateway): Promise<void> {
  const { deployment } = component;
  if (component.numCopies === 0) await deployment.stop();
  else if (deployment.state.kind !== 'running') await deployment.start(spec);
  if (component.status === 'Deleting') return;
  const { state } = deployment;
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
  Object.assign(component, { specification, numCopies: input.RuntimeConfig?.CopyCount ?? component.numCopies });
  component.status = 'Updating';
  const replaced = input.Specification === undefined ? Promise.resolve() : component.deployment.stop();
  void replaced.then(() => scale(component, spec, gateway));
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
  resources.components.delete(component.name);
  resources.tags.delete(component.arn);
  void component.deployment.stop();
});
