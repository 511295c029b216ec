import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateInferenceComponentCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteInferenceComponentCommand,
  DescribeInferenceComponentCommand,
  ListInferenceComponentsCommand,
  UpdateInferenceComponentCommand,
  UpdateInferenceComponentRuntimeConfigCommand,
} from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenGateway, openGateway, refusalOf } from './support/open-gateway.ts';

let opened: OpenGateway;

beforeEach(async () => {
  opened = await openGateway();
  for (const [ModelName, WHO] of [
    ['m', 'first'],
    ['m2', 'second'],
  ] as const) {
    await opened.control.send(new CreateModelCommand({ ModelName, PrimaryContainer: { Environment: { WHO } } }));
  }
  const variant = { VariantName: 'AllTraffic', InstanceType: 'ml.g5.2xlarge', InitialInstanceCount: 1 } as const;
  await opened.control.send(
    new CreateEndpointConfigCommand({ EndpointConfigName: 'c', ProductionVariants: [variant] }),
  );
  await opened.control.send(new CreateEndpointCommand({ EndpointName: 'e', EndpointConfigName: 'c' }));
});
afterEach(() => opened.close());

const create = (InferenceComponentName: string, CopyCount = 1, ModelName = 'm') =>
  opened.control.send(
    new CreateInferenceComponentCommand({
      InferenceComponentName,
      EndpointName: 'e',
      VariantName: 'AllTraffic',
      Specification: { ModelName, ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024 } },
      RuntimeConfig: { CopyCount },
    }),
  );

const describeComponent = (InferenceComponentName: string) =>
  opened.control.send(new DescribeInferenceComponentCommand({ InferenceComponentName }));

async function settled(name: string) {
  let described = await describeComponent(name);
  while (!['InService', 'Failed'].includes(described.InferenceComponentStatus!)) {
    await new Promise((done) => setTimeout(done, 20));
    described = await describeComponent(name);
  }
  return described;
}

/** Waits until a component is deleted. @returns what is said of it then */
async function gone(name: string): Promise<string> {
  for (;;) {
    const outcome = await describeComponent(name).catch((error: Error) => error);
    if (outcome instanceof Error) return outcome.message;
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function who(InferenceComponentName: string): Promise<string> {
  const { Body } = await opened.runtime.send(
    new InvokeEndpointCommand({ EndpointName: 'e', InferenceComponentName, Body: '{}' }),
  );
  return JSON.parse(Body.transformToString()).environment.WHO;
}

const scale = (InferenceComponentName: string, CopyCount: number) =>
  opened.control.send(
    new UpdateInferenceComponentRuntimeConfigCommand({ InferenceComponentName, DesiredRuntimeConfig: { CopyCount } }),
  );

describe('inference components', () => {
  it('run models of their own side by side on an endpoint', async () => {
    await create('a');
    await create('b', 1, 'm2');
    expect((await describeComponent('a')).InferenceComponentStatus).toBe('Creating');
    expect(await settled('a')).toMatchObject({
      InferenceComponentStatus: 'InService',
      EndpointName: 'e',
      Specification: { ModelName: 'm', ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024 } },
      RuntimeConfig: { DesiredCopyCount: 1, CurrentCopyCount: 1 },
    });
    await settled('b');
    expect([await who('a'), await who('b')]).toEqual(['first', 'second']);
    const { InferenceComponents } = await opened.control.send(
      new ListInferenceComponentsCommand({ EndpointNameEquals: 'e', SortBy: 'Name', SortOrder: 'Ascending' }),
    );
    expect(InferenceComponents!.map((component) => component.InferenceComponentName)).toEqual(['a', 'b']);
  });

  it('have no capacity at zero copies, and answer again when they are scaled up', async () => {
    await create('a', 0);
    await settled('a');
    const error = await refusalOf(who('a'));
    expect([error.name, error.message]).toEqual(['ValidationError', expect.stringContaining('has no capacity')]);
    await scale('a', 2);
    expect((await settled('a')).RuntimeConfig).toEqual({ DesiredCopyCount: 2, CurrentCopyCount: 2 });
    expect(await who('a')).toBe('first');
    await scale('a', 0);
    expect((await settled('a')).RuntimeConfig).toEqual({ DesiredCopyCount: 0, CurrentCopyCount: 0 });
    expect((await refusalOf(who('a'))).name).toBe('ValidationError');
  });

  it('take another model', async () => {
    await create('a');
    await settled('a');
    await opened.control.send(
      new UpdateInferenceComponentCommand({ InferenceComponentName: 'a', Specification: { ModelName: 'm2' } }),
    );
    await settled('a');
    expect(await who('a')).toBe('second');
  });

  it('start nothing more where they are deleted while they are changed', async () => {
    const Environment = { END_AFTER_MS: '200' };
    await opened.control.send(new CreateModelCommand({ ModelName: 'slow', PrimaryContainer: { Environment } }));
    await create('a', 1, 'slow');
    await settled('a');
    const change = { InferenceComponentName: 'a', Specification: { ModelName: 'm2' } };
    await opened.control.send(new UpdateInferenceComponentCommand(change));
    await opened.control.send(new DeleteInferenceComponentCommand({ InferenceComponentName: 'a' }));
    await gone('a');
    expect(opened.lines.filter((line) => line.includes('e/a: starting a container'))).toHaveLength(1);
  });

  it('fail with what their container said', async () => {
    const Environment = { EXIT_CODE: '3' };
    await opened.control.send(new CreateModelCommand({ ModelName: 'broken', PrimaryContainer: { Environment } }));
    await create('a', 1, 'broken');
    expect(await settled('a')).toMatchObject({
      InferenceComponentStatus: 'Failed',
      FailureReason: expect.stringContaining('inference component a did not pass the ping health check'),
    });
  });

  it('go before their endpoint does, once their container has ended', async () => {
    const Environment = { END_AFTER_MS: '200' };
    await opened.control.send(new CreateModelCommand({ ModelName: 'slow', PrimaryContainer: { Environment } }));
    await create('a', 1, 'slow');
    await settled('a');
    const deleteEndpoint = () => opened.control.send(new DeleteEndpointCommand({ EndpointName: 'e' }));
    expect((await refusalOf(deleteEndpoint())).message).toContain('while it has inference components: a');
    await opened.control.send(new DeleteInferenceComponentCommand({ InferenceComponentName: 'a' }));
    expect((await describeComponent('a')).InferenceComponentStatus).toBe('Deleting');
    expect((await refusalOf(deleteEndpoint())).message).toContain('while it has inference components: a');
    expect(await gone('a')).toBe('Could not find inference component "a".');
    await deleteEndpoint();
  });
});
