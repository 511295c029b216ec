import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '../../src/gateway/aws-errors.ts';
import { type FaultOptions, Faults, noFaults } from '../../src/gateway/runtime/faults.ts';
import { type OpenGateway, openGateway, refusalOf, runtimeClient } from './support/open-gateway.ts';
import { always, type ScriptedContainer, scriptedContainer } from './support/scripted-container.ts';

function faultsAt(options: Partial<FaultOptions>) {
  const clock = { now: 0, random: 0 };
  const faults = new Faults({ ...noFaults, ...options }, { now: () => clock.now, random: () => clock.random });
  const outcome = () => {
    try {
      faults.check();
      return 'ok';
    } catch (error) {
      return error instanceof AwsError ? error.code : String(error);
    }
  };
  return { clock, faults, outcome };
}

describe('Faults', () => {
  it('strike nobody where none are asked for', () => {
    const { faults, outcome } = faultsAt({});
    expect([outcome(), faults.isCold('a'), faults.streamFault()]).toEqual(['ok', false, undefined]);
  });

  it('strike the share that is asked for', () => {
    const { clock, outcome } = faultsAt({ shares: { ThrottlingException: 0.2 } });
    clock.random = 0.19;
    expect(outcome()).toBe('ThrottlingException');
    clock.random = 0.2;
    expect(outcome()).toBe('ok');
  });

  it('throttle what comes beyond a number in a second', () => {
    const { clock, outcome } = faultsAt({ maxPerSecond: 2 });
    expect([outcome(), outcome(), outcome()]).toEqual(['ok', 'ok', 'ThrottlingException']);
    clock.now = 1000;
    expect(outcome()).toBe('ok');
  });

  it('keep a target cold from its first invocation on, each its own time', () => {
    const { clock, faults } = faultsAt({ coldStartMs: 5000 });
    clock.now = 60_000;
    expect(faults.isCold('a')).toBe(true);
    clock.now = 64_999;
    expect(faults.isCold('a')).toBe(true);
    clock.now = 65_000;
    expect([faults.isCold('a'), faults.isCold('b')]).toEqual([false, true]);
  });
});

describe('a gateway with faults', () => {
  let opened: OpenGateway;
  let container: ScriptedContainer;

  afterEach(async () => {
    await opened.close();
    await container.close();
  });

  async function open(faults: Partial<FaultOptions>, surroundings: Parameters<typeof openGateway>[1]): Promise<void> {
    container = await scriptedContainer(always({}));
    const { url } = container;
    const endpoints = [
      { name: 'demo', component: undefined, url },
      { name: 'parts', component: 'chat', url },
    ];
    opened = await openGateway({ endpoints, faults: { ...noFaults, ...faults } }, surroundings);
  }

  it('is cold, then answers; a component has no capacity until then', async () => {
    const clock = { now: Date.now() };
    await open({ coldStartMs: 5000 }, { now: () => clock.now });
    const invoke = (EndpointName: string, InferenceComponentName?: string) =>
      opened.runtime.send(new InvokeEndpointCommand({ EndpointName, InferenceComponentName, Body: '{}' }));
    expect(await refusalOf(invoke('demo'))).toMatchObject({
      name: 'ModelNotReadyException',
      $metadata: { httpStatusCode: 429 },
    });
    const error = await refusalOf(invoke('parts', 'chat'));
    expect([error.name, error.message]).toEqual([
      'ValidationError',
      expect.stringContaining('has no capacity to process this request'),
    ]);
    clock.now += 5000;
    expect((await invoke('demo')).$metadata.httpStatusCode).toBe(200);
    expect((await invoke('parts', 'chat')).$metadata.httpStatusCode).toBe(200);
  });

  it('throttles so that the SDK tries again', async () => {
    const draws = [0, 0.9];
    await open({ shares: { ThrottlingException: 0.5 } }, { random: () => draws.shift() ?? 0.9 });
    const client = runtimeClient(opened.url, undefined, 3);
    const { $metadata } = await client.send(new InvokeEndpointCommand({ EndpointName: 'demo', Body: '{}' }));
    client.destroy();
    expect([$metadata.attempts, container.requests.length]).toEqual([2, 1]);
  });
});
