import { existsSync } from 'node:fs';
import {
  AddTagsCommand,
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DeleteTagsCommand,
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  ListEndpointConfigsCommand,
  ListModelsCommand,
  ListTagsCommand,
  type ProductionVariant,
  UpdateEndpointCommand,
  UpdateEndpointWeightsAndCapacitiesCommand,
  waitUntilEndpointInService,
} from '@aws-sdk/client-sagemaker';
import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenGateway, openGateway, refusalOf } from './support/open-gateway.ts';

let opened: OpenGateway;

beforeEach(async () => {
  opened = await openGateway({ endpoints: [{ name: 'given', component: undefined, url: 'http://127.0.0.1:9' }] });
});
afterEach(() => opened.close());

const variant = (changed: Partial<ProductionVariant> = {}): ProductionVariant => ({
  VariantName: 'AllTraffic',
  ModelName: 'm',
  InstanceType: 'ml.g5.2xlarge',
  InitialInstanceCount: 1,
  ...changed,
});

const createModel = (ModelName: string, Environment: Record<string, string> = {}) =>
  opened.control.send(new CreateModelCommand({ ModelName, PrimaryContainer: { Image: 'parlance', Environment } }));

const createConfig = (EndpointConfigName: string, ...ProductionVariants: ProductionVariant[]) =>
  opened.control.send(new CreateEndpointConfigCommand({ EndpointConfigName, ProductionVariants }));

const createEndpoint = (EndpointName: string, EndpointConfigName: string) =>
  opened.control.send(new CreateEndpointCommand({ EndpointName, EndpointConfigName }));

const describeEndpoint = (EndpointName: string) => opened.control.send(new DescribeEndpointCommand({ EndpointName }));

const inService = (EndpointName: string) =>
  waitUntilEndpointInService({ client: opened.control, minDelay: 1, maxDelay: 1, maxWaitTime: 30 }, { EndpointName });

/** What the container of an endpoint says of itself. */
async function ask(EndpointName: string, TargetVariant?: string) {
  const { Body } = await opened.runtime.send(new InvokeEndpointCommand({ EndpointName, TargetVariant, Body: '{}' }));
  return JSON.parse(Body.transformToString());
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}/cmdline`);
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((done) => setTimeout(done, 20));
}

describe('an endpoint of the control plane', () => {
  it("runs a process with its model's environment, and nothing of the gateway's own", async () => {
    process.env.MODEL_ID = 'of the gateway';
    await createModel('m', { HF_MODEL_ID: 'a/model', SM_NUM_GPUS: '1' });
    delete process.env.MODEL_ID;
    await createConfig('c', variant());
    expect(await createEndpoint('e', 'c')).toMatchObject({
      EndpointArn: 'arn:aws:sagemaker:us-east-1:123456789012:endpoint/e',
    });
    expect((await describeEndpoint('e')).EndpointStatus).toBe('Creating');
    await inService('e');
    expect(await describeEndpoint('e')).toMatchObject({
      EndpointConfigName: 'c',
      ProductionVariants: [{ VariantName: 'AllTraffic', CurrentWeight: 1, CurrentInstanceCount: 1 }],
    });
    const { environment, path } = await ask('e');
    expect(path).toBe('/invocations');
    expect(environment).toMatchObject({ HF_MODEL_ID: 'a/model', SM_NUM_GPUS: '1' });
    expect(environment.MODEL_ID).toBeUndefined();
  });

  it('ends its process when it is deleted, and is gone at once', async () => {
    await createModel('m');
    await createConfig('c', variant());
    await createEndpoint('e', 'c');
    await inService('e');
    const { pid } = await ask('e');
    expect(isAlive(pid)).toBe(true);
    await opened.control.send(new DeleteEndpointCommand({ EndpointName: 'e' }));
    expect(await refusalOf(describeEndpoint('e'))).toMatchObject({
      name: 'ValidationException',
      message: 'Could not find endpoint "e".',
    });
    await untilGone(pid);
  });

  it('fails with the reason and the last of the log where its process ends', async () => {
    await createModel('m', { EXIT_CODE: '3' });
    await createConfig('c', variant());
    await createEndpoint('e', 'c');
    await expect(inService('e')).rejects.toThrow();
    const { EndpointStatus, FailureReason } = await describeEndpoint('e');
    expect(EndpointStatus).toBe('Failed');
    expect(FailureReason).toContain('production variant AllTraffic did not pass the ping health check');
    expect(FailureReason).toContain('it ended with exit code 3');
    expect(FailureReason).toContain('loading shard 1 of 2 | cannot allocate 14 GiB');
    const error = await refusalOf(ask('e'));
    expect([error.name, error.message]).toEqual([
      'ValidationError',
      'Endpoint e is not in service: its status is Failed.',
    ]);
  });

  it('goes over to a new configuration once that is healthy, and keeps the old one where it is not', async () => {
    await createModel('m', { WHO: 'old' });
    await createModel('m2', { WHO: 'new', READY_AFTER_MS: '300' });
    await createModel('m3', { EXIT_CODE: '1' });
    await createConfig('c', variant());
    await createConfig('c2', variant({ ModelName: 'm2' }));
    await createConfig('c3', variant({ ModelName: 'm3' }));
    await createEndpoint('e', 'c');
    await inService('e');
    const update = (EndpointConfigName: string) =>
      opened.control.send(new UpdateEndpointCommand({ EndpointName: 'e', EndpointConfigName }));

    const before = await ask('e');
    await update('c2');
    expect((await describeEndpoint('e')).EndpointStatus).toBe('Updating');
    expect((await ask('e')).environment.WHO).toBe('old');
    expect((await refusalOf(update('c3'))).message).toContain('Cannot update in-progress endpoint');
    await inService('e');
    expect((await ask('e')).environment.WHO).toBe('new');
    await untilGone(before.pid);

    await update('c3');
    await inService('e');
    expect(await describeEndpoint('e')).toMatchObject({
      EndpointConfigName: 'c2',
      FailureReason: expect.stringContaining('exit code 1'),
    });
    expect((await ask('e')).environment.WHO).toBe('new');
  });

  it('divides its traffic by weights, which can be changed', async () => {
    await opened.close();
    const draws: number[] = [];
    opened = await openGateway({}, { random: () => draws.shift() ?? 0 });
    await createModel('m', { WHO: 'a' });
    await createModel('m2', { WHO: 'b' });
    await createConfig(
      'c',
      variant({ VariantName: 'a', InitialVariantWeight: 1 }),
      variant({ VariantName: 'b', ModelName: 'm2', InitialVariantWeight: 3 }),
    );
    await createEndpoint('e', 'c');
    await inService('e');
    const who = async (draw: number) => {
      // The faults draw first, none of which strikes.
      draws.splice(0, draws.length, ...new Array(4).fill(0.99), draw);
      return (await ask('e')).environment.WHO;
    };
    expect([await who(0.24), await who(0.26), await who(0.99)]).toEqual(['a', 'b', 'b']);
    const DesiredWeightsAndCapacities = [{ VariantName: 'b', DesiredWeight: 0, DesiredInstanceCount: 2 }];
    const changed = { EndpointName: 'e', DesiredWeightsAndCapacities };
    await opened.control.send(new UpdateEndpointWeightsAndCapacitiesCommand(changed));
    expect([await who(0.24), await who(0.99)]).toEqual(['a', 'a']);
    expect((await ask('e', 'b')).environment.WHO).toBe('b');
    const { ProductionVariants } = await describeEndpoint('e');
    expect(ProductionVariants![1]).toMatchObject({ CurrentWeight: 0, DesiredInstanceCount: 2 });
  });

  it('is left with no process when the gateway closes, not even one that is starting', async () => {
    await createModel('m');
    await createModel('slow', { READY_AFTER_MS: '60000' });
    await createConfig('c', variant());
    await createConfig('c2', variant({ ModelName: 'slow' }));
    await createEndpoint('e', 'c');
    await createEndpoint('e2', 'c2');
    await inService('e');
    const { pid } = await ask('e');
    const open = opened;
    opened = await openGateway();
    await open.close();
    expect(isAlive(pid)).toBe(false);
    expect(open.lines.some((line) => line.includes('e2/AllTraffic: healthy'))).toBe(false);
  });
});

describe('models and endpoint configurations', () => {
  it('are told as they were made, listed by pages and deleted', async () => {
    for (const name of ['m1', 'm2', 'm3']) await createModel(name, { A: name });
    expect(await opened.control.send(new DescribeModelCommand({ ModelName: 'm1' }))).toMatchObject({
      ModelArn: 'arn:aws:sagemaker:us-east-1:123456789012:model/m1',
      PrimaryContainer: { Image: 'parlance', Environment: { A: 'm1' } },
    });
    const list = { MaxResults: 2, SortBy: 'Name', SortOrder: 'Ascending' } as const;
    const first = await opened.control.send(new ListModelsCommand(list));
    const second = await opened.control.send(new ListModelsCommand({ ...list, NextToken: first.NextToken }));
    expect([first, second].map(({ Models }) => Models!.map(({ ModelName }) => ModelName))).toEqual([
      ['m1', 'm2'],
      ['m3'],
    ]);
    expect(second.NextToken).toBeUndefined();

    await createConfig('c', variant({ ModelName: 'm1', ContainerStartupHealthCheckTimeoutInSeconds: 300 }));
    const { ProductionVariants, CreationTime } = await opened.control.send(
      new DescribeEndpointConfigCommand({ EndpointConfigName: 'c' }),
    );
    expect(ProductionVariants![0]).toMatchObject({ ModelName: 'm1', ContainerStartupHealthCheckTimeoutInSeconds: 300 });
    expect(Math.abs(CreationTime!.getTime() - Date.now())).toBeLessThan(60_000);
    const isolated = { ModelName: 'm4', PrimaryContainer: { Image: 'parlance' }, EnableNetworkIsolation: true };
    await opened.control.send(new CreateModelCommand(isolated));
    expect(await opened.control.send(new DescribeModelCommand({ ModelName: 'm4' }))).toMatchObject(isolated);
    await opened.control.send(new DeleteModelCommand({ ModelName: 'm1' }));
    expect((await refusalOf(opened.control.send(new DescribeModelCommand({ ModelName: 'm1' })))).message).toBe(
      'Could not find model "m1".',
    );
    await opened.control.send(new DeleteEndpointConfigCommand({ EndpointConfigName: 'c' }));
    expect((await opened.control.send(new ListEndpointConfigsCommand({}))).EndpointConfigs).toEqual([]);
  });

  it('are refused in words that name the field, the value or the limit', async () => {
    await createModel('m');
    const refusals: [Promise<unknown>, string][] = [
      [createModel('m'), 'Cannot create already existing model "arn:aws:sagemaker:us-east-1:123456789012:model/m".'],
      [createModel('a_b'), "Value at 'ModelName'"],
      [createConfig('c', variant({ ModelName: 'other' })), 'Could not find model "other".'],
      [createConfig('c', variant({ ContainerStartupHealthCheckTimeoutInSeconds: 59 })), '>=60'],
      [createEndpoint('e', 'other'), 'Could not find endpoint configuration "other".'],
    ];
    for (const [call, words] of refusals) {
      const error = await refusalOf(call);
      expect([error.name, error.message]).toEqual(['ValidationException', expect.stringContaining(words)]);
    }
  });

  it('have tags, by their ARN', async () => {
    const { ModelArn: ResourceArn } = await createModel('m');
    const tags = async () => (await opened.control.send(new ListTagsCommand({ ResourceArn }))).Tags;
    expect(await tags()).toEqual([]);
    const Tags = [{ Key: 'team', Value: 'a' }];
    await opened.control.send(new AddTagsCommand({ ResourceArn, Tags }));
    expect(await tags()).toEqual(Tags);
    await opened.control.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['team'] }));
    expect(await tags()).toEqual([]);
  });
});

describe('the control plane', () => {
  it('refuses operations that it has not, and bodies that are not JSON', async () => {
    await opened.close();
    opened = await openGateway({ authentication: { kind: 'off' } });
    const send = async (target: string, body: string) => {
      const headers = { 'x-amz-target': target };
      const answer = await fetch(opened.url, { method: 'POST', headers, body });
      return [answer.status, JSON.parse(await answer.text()).__type];
    };
    expect(await send('SageMaker.CreateTrainingJob', '{}')).toEqual([404, 'UnknownOperationException']);
    expect(await send('SageMaker.ListEndpoints', '{')).toEqual([400, 'SerializationException']);
    expect(await send('SageMaker.ListEndpoints', '[]')).toEqual([400, 'ValidationException']);
  });
});
