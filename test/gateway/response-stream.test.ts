import type { ServerResponse } from 'node:http';
import { InvokeEndpointWithResponseStreamCommand, type ResponseStream } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultOptions } from '../../src/gateway/runtime/faults.ts';
import { noFaults } from '../../src/gateway/runtime/faults.ts';
import { type DemoGateway, openDemo } from './support/demo-gateway.ts';
import { refusalOf } from './support/open-gateway.ts';
import { always } from './support/scripted-container.ts';

let opened: DemoGateway;
const open = async (...options: Parameters<typeof openDemo>) => {
  opened = await openDemo(...options);
};

afterEach(() => opened.close());

async function stream(abortSignal = new AbortController().signal): Promise<AsyncIterable<ResponseStream>> {
  const command = new InvokeEndpointWithResponseStreamCommand({
    EndpointName: 'demo',
    Body: '{}',
    Accept: 'text/event-stream',
  });
  const { Body } = await opened.runtime.send(command, { abortSignal });
  return Body!;
}

const textOf = (event: ResponseStream | undefined) => Buffer.from(event?.PayloadPart?.Bytes ?? []).toString();

/** Begins an answer, and leaves it open. */
const begin = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });

describe('InvokeEndpointWithResponseStream', () => {
  it('passes each part on before the container writes the next', async () => {
    const pending: ServerResponse[] = [];
    await open((_request, response) => {
      begin(response).write('data: 0\n\n');
      pending.push(response);
    });
    const seen: string[] = [];
    for await (const event of await stream()) {
      seen.push(textOf(event));
      // The next part is written for the one that has arrived: were parts held back, this would never end.
      if (seen.length < 5) pending[0]!.write(`data: ${seen.length}\n\n`);
      else pending[0]!.end();
    }
    expect(seen).toEqual(['data: 0\n\n', 'data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n', 'data: 4\n\n']);
    expect(opened.container.requests[0]!.headers.accept).toBe('text/event-stream');
  });

  it('keeps parts apart that the container wrote at once', async () => {
    const written = Array.from({ length: 30 }, (_, index) => `data: ${index}\n\n`);
    await open((_request, response) => {
      begin(response);
      for (const part of written) response.write(part);
      response.end();
    });
    const seen: string[] = [];
    for await (const event of await stream()) seen.push(textOf(event));
    expect(seen).toEqual(written);
  });

  it('tells the content type and the variant', async () => {
    await open((_request, response) => void begin(response).end('data: [DONE]\n\n'));
    const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: 'demo', Body: '{}' });
    const { Body, ...told } = await opened.runtime.send(command);
    expect(told).toMatchObject({ ContentType: 'text/event-stream', InvokedProductionVariant: 'AllTraffic' });
    for await (const event of Body!) expect(textOf(event)).toBe('data: [DONE]\n\n');
  });

  it('raises ModelStreamError after the parts that came, where the container breaks off', async () => {
    const pending: ServerResponse[] = [];
    await open((_request, response) => {
      begin(response).write('data: 0\n\n');
      pending.push(response);
    });
    const events = (await stream())[Symbol.asyncIterator]();
    expect(textOf((await events.next()).value)).toBe('data: 0\n\n');
    pending[0]!.destroy();
    expect(await refusalOf(events.next())).toMatchObject({ name: 'ModelStreamError', ErrorCode: 'StreamBroken' });
  });

  it('raises ModelStreamError where the stream takes too long', async () => {
    await open((_request, response) => void begin(response).write('data: 0\n\n'), {
      limits: { responseMs: 10, streamMs: 200, payloadBytes: 100 },
    });
    const events = (await stream())[Symbol.asyncIterator]();
    expect(textOf((await events.next()).value)).toBe('data: 0\n\n');
    expect(await refusalOf(events.next())).toMatchObject({
      name: 'ModelStreamError',
      ErrorCode: 'ModelInvocationTimeExceeded',
    });
  });

  it('tells what the model refused before the stream as a ModelError', async () => {
    await open(always({ error: 'too long' }, 422));
    expect(await refusalOf(stream())).toMatchObject({ name: 'ModelError', OriginalStatusCode: 422 });
  });

  it('ends the generation of a client that goes away', async () => {
    const abort = new AbortController();
    let onGone = () => {};
    const gone = new Promise<void>((resolve) => {
      onGone = resolve;
    });
    await open((_request, response) => {
      response.once('close', onGone);
      begin(response).write('data: 0\n\n');
    });
    const events = (await stream(abort.signal))[Symbol.asyncIterator]();
    await events.next();
    opened.runtime.destroy();
    await gone;
  });

  it.each(['ModelStreamError', 'InternalStreamFailure'] as const)(
    'breaks after a part with %s where asked to',
    async (name) => {
      const faults: FaultOptions = { ...noFaults, shares: { [name]: 1 } };
      await open((_request, response) => void begin(response).write('data: 0\n\n'), { faults });
      const events = (await stream())[Symbol.asyncIterator]();
      expect(textOf((await events.next()).value)).toBe('data: 0\n\n');
      expect((await refusalOf(events.next())).name).toBe(name);
    },
  );
});
