import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { InProcessEngine } from '../../src/engine/engine.ts';
import type { StepReport } from '../../src/engine/engine-messages.ts';
import { RemoteEngine } from '../../src/engine/remote-engine.ts';
import { type ServedHooks, serveEngine } from '../../src/engine/serve-engine.ts';
import { batching, collect, idsOf, request } from './support/engine.ts';
import { FakeModel } from './support/fake-model.ts';

/** An engine served over a port, in one thread. */
function connect() {
  const { port1, port2 } = new MessageChannel();
  let hooks: ServedHooks | undefined;
  const watermark = { gamma: 0.5, delta: 2 };
  const served = new InProcessEngine({
    model: new FakeModel(),
    batching,
    watermark,
    onStep: () => hooks?.onStep(),
    onRun: (run) => hooks?.onRun(run),
  });
  hooks = serveEngine(served, port1, () => port1.close());
  const remote = new RemoteEngine(port2, served.limits);
  const messages: StepReport[] = [];
  port2.on('message', (report: StepReport) => {
    messages.push(report);
    remote.receive(report);
  });
  return { served, remote, messages };
}

describe('an engine over a port', () => {
  it('sends all events of a step as one message, with the statistics after it', async () => {
    const { served, remote, messages } = connect();
    const prompts = [1, 2, 3, 4].map((first) => [first, 5, 6]);
    const outcomes = await Promise.all(
      prompts.map((ids) => collect(remote.generate(request(ids, { maxNewTokens: 9 })))),
    );
    expect(remote.statistics()).toEqual({ numRunning: 0, numWaiting: 0, numBatchTokens: 0 });
    const alone = await Promise.all(prompts.map((ids) => collect(served.generate(request(ids, { maxNewTokens: 9 })))));
    expect(outcomes.map(idsOf)).toEqual(alone.map(idsOf));
    const numReports = messages.map(({ reports }) => reports.length);
    expect(Math.max(...numReports)).toBeGreaterThanOrEqual(4);
    for (const { reports } of messages) {
      const tokens = reports.filter((report) => report.type === 'event' && report.event.type === 'token');
      // Two only where a sequence's first token comes from its prefill, and its second from the same step.
      for (const { id } of reports) expect(tokens.filter((token) => token.id === id).length).toBeLessThanOrEqual(2);
    }
    expect(messages.some(({ statistics }) => statistics.numRunning > 1)).toBe(true);
    await remote.close();
  });

  it('tells of each run of the model once', async () => {
    const { remote, messages } = connect();
    await collect(remote.generate(request([1, 2], { maxNewTokens: 5 })));
    const methods = messages.flatMap(({ runs }) => runs.map(({ method }) => method));
    expect(methods).toEqual(['prefill', 'decode', 'decode', 'decode', 'decode']);
    await remote.close();
  });

  it('hears no more of a request that was left', async () => {
    const { served, remote, messages } = connect();
    for await (const event of remote.generate(request([1, 2], { maxNewTokens: 50 }))) if (event.type === 'token') break;
    while (served.statistics().numRunning > 0) await new Promise(setImmediate);
    const numTokens = messages.flatMap(({ reports }) => reports).length;
    expect(numTokens).toBeLessThan(20);
    expect(await collect(remote.generate(request([3, 4])))).toHaveLength(7);
    await remote.close();
  });
});
