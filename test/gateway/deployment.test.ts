import { beforeEach, describe, expect, it } from '@jest/globals';
import { Deployment } from '../../src/gateway/containers/deployment.ts';
import { ContainerFailure, type ContainerSpec } from '../../src/gateway/containers/start-container.ts';

const spec = (name: string): ContainerSpec => ({ name, environment: {}, healthPath: '/ping', healthTimeoutMs: 1000 });

/** What happened, in order. */
let events: string[];
/** Lets the containers end that were asked to. */
let letEnd: () => void;
let deployment: Deployment;

beforeEach(() => {
  events = [];
  const ending = new Promise<void>((resolve) => {
    letEnd = resolve;
  });
  deployment = new Deployment(async ({ name }) => {
    events.push(`${name} starts`);
    if (name === 'broken') throw new ContainerFailure('no memory');
    return {
      url: name,
      logTail: () => [],
      async stop() {
        await ending;
        events.push(`${name} has ended`);
      },
    };
  });
});

describe('a deployment', () => {
  it('runs what it was asked to start, or tells why it does not', async () => {
    await deployment.start(spec('a'));
    expect(deployment.container?.url).toBe('a');
    letEnd();
    await deployment.start(spec('broken'));
    expect(deployment.state).toEqual({ kind: 'failed', reason: 'no memory' });
    expect(deployment.container).toBeUndefined();
  });

  it('starts another container once the one before has ended', async () => {
    await deployment.start(spec('a'));
    const started = deployment.start(spec('b'));
    expect(deployment.state.kind).toBe('starting');
    letEnd();
    await started;
    expect(events).toEqual(['a starts', 'a has ended', 'b starts']);
    expect(deployment.container?.url).toBe('b');
  });

  it('does not start what it was asked to while it is being stopped for good', async () => {
    await deployment.start(spec('a'));
    const started = deployment.start(spec('b'));
    const stopped = deployment.stop();
    letEnd();
    await Promise.all([started, stopped]);
    expect(events).toEqual(['a starts', 'a has ended']);
    expect(deployment.state.kind).toBe('stopped');
  });
});
