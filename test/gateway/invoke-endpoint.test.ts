import { InvokeEndpointCommand, ModelError } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type DemoGateway, openDemo } from './support/demo-gateway.ts';
import { refusalOf } from './support/open-gateway.ts';
import { always } from './support/scripted-container.ts';

let opened: DemoGateway;
const open = async (...options: Parameters<typeof openDemo>) => {
  opened = await openDemo(...options);
};

afterEach(() => opened.close());

const invoke = (changed: Partial<ConstructorParameters<typeof InvokeEndpointCommand>[0]> = {}) =>
  opened.runtime.send(
    new InvokeEndpointCommand({
      EndpointName: 'demo',
      ContentType: 'application/json',
      Body: '{"inputs":"x"}',
      ...changed,
    }),
  );

describe('InvokeEndpoint', () => {
  it("gives the container's answer, its content type and the variant", async () => {
    await open(always({ generated_text: 'y' }));
    const answer = await invoke();
    expect(answer.Body.transformToString()).toBe('{"generated_text":"y"}');
    expect(answer).toMatchObject({ ContentType: 'application/json', InvokedProductionVariant: 'AllTraffic' });
    expect(opened.container.requests).toMatchObject([{ path: '/invocations', body: '{"inputs":"x"}' }]);
  });

  it('passes on Content-Type, Accept and X-Amzn-SageMaker headers alone', async () => {
    await open(always({}));
    await invoke({
      Accept: 'application/json',
      CustomAttributes: 'trace=1',
      TargetModel: 'a',
      InferenceId: 'i',
      SessionId: 's',
    });
    const { host, connection, 'content-length': length, ...passed } = opened.container.requests[0]!.headers;
    expect([host, connection, length]).toEqual([opened.container.url.slice(7), 'close', '14']);
    expect(passed).toEqual({
      'content-type': 'application/json',
      accept: 'application/json',
      'x-amzn-sagemaker-custom-attributes': 'trace=1',
      'x-amzn-sagemaker-target-model': 'a',
      'x-amzn-sagemaker-inference-id': 'i',
      'x-amzn-sagemaker-session-id': 's',
    });
  });

  it('tells of sessions and custom attributes, and of no other header of the container', async () => {
    await open((_request, response) => {
      const secret = { 'x-internal': 'secret', server: 'container' };
      const told = {
        'x-amzn-sagemaker-new-session-id': 's-1; Expires=2026-01-01T00:00:00Z',
        'x-amzn-sagemaker-closed-session-id': 's-0',
        'x-amzn-sagemaker-custom-attributes': 'trace=2',
      };
      response.writeHead(200, { 'content-type': 'text/plain', ...told, ...secret }).end('y');
    });
    expect(await invoke()).toMatchObject({
      ContentType: 'text/plain',
      NewSessionId: 's-1; Expires=2026-01-01T00:00:00Z',
      ClosedSessionId: 's-0',
      CustomAttributes: 'trace=2',
    });
    const names = new Set<string>();
    opened.runtime.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { headers } = result.response as { headers: Record<string, string> };
        for (const name of Object.keys(headers)) names.add(name);
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
    await invoke();
    expect([...names].filter((name) => name === 'x-internal' || name === 'server')).toEqual([]);
    expect(names).toContain('x-amzn-requestid');
  });

  it('tells what the model refused as a ModelError with its status and words', async () => {
    await open(always({ error: 'no inputs' }, 422));
    const error = await refusalOf(invoke());
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({
      OriginalStatusCode: 422,
      OriginalMessage: '{"error":"no inputs"}',
      LogStreamArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/demo',
      $metadata: { httpStatusCode: 424 },
    });
    expect(error.message).toContain('Received client error (422) from primary with message "{"error":"no inputs"}"');
  });

  it('gives up on a model that takes too long', async () => {
    await open(() => {}, { limits: { responseMs: 50, streamMs: 50, payloadBytes: 100 } });
    expect(await refusalOf(invoke())).toMatchObject({ name: 'ModelError', OriginalStatusCode: 0 });
  });

  it('gives up on a model whose answer does not end', async () => {
    await open(
      (_request, response) => {
        response.writeHead(200).write('{');
      },
      { limits: { responseMs: 50, streamMs: 50, payloadBytes: 100 } },
    );
    const error = await refusalOf(invoke());
    expect(error).toMatchObject({ name: 'ModelError', OriginalStatusCode: 0 });
    expect(error.message).toContain('timed out');
  });

  it('tells of a container that breaks off as a ModelError, and of none at all as unavailable', async () => {
    await open((_request, response) => {
      response.destroy();
    });
    expect(await refusalOf(invoke())).toMatchObject({ name: 'ModelError', OriginalStatusCode: 0 });
    await opened.container.close();
    expect(await refusalOf(invoke())).toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
  });

  it('refuses a request and an answer over the limit', async () => {
    await open(({ body }, response) => void response.end(body.repeat(10)), {
      limits: { responseMs: 5000, streamMs: 5000, payloadBytes: 100 },
    });
    const error = await refusalOf(invoke({ Body: 'x'.repeat(101) }));
    expect(error).toMatchObject({
      name: 'ValidationError',
      message: "The request's body of 101 bytes is over the limit of 100 bytes",
    });
    expect(opened.container.requests).toEqual([]);
    expect((await refusalOf(invoke({ Body: 'x'.repeat(11) }))).message).toContain('more than 100 bytes');
    expect((await invoke({ Body: 'x'.repeat(10) })).Body).toHaveLength(100);
  });

  it('names an endpoint or a variant that is not there', async () => {
    await open(always({}));
    expect(await refusalOf(invoke({ EndpointName: 'not-there' }))).toMatchObject({
      name: 'ValidationError',
      message: 'Endpoint not-there of account 123456789012 not found.',
      $metadata: { httpStatusCode: 400 },
    });
    expect((await refusalOf(invoke({ TargetVariant: 'other' }))).message).toBe(
      'Variant other of endpoint demo not found.',
    );
    expect(opened.container.requests).toEqual([]);
  });

  it('aborts what a client no longer waits for', async () => {
    let onGone = () => {};
    const gone = new Promise<void>((resolve) => {
      onGone = resolve;
    });
    const abort = new AbortController();
    await open((_request, response) => {
      response.once('close', onGone);
      abort.abort();
    });
    const command = new InvokeEndpointCommand({ EndpointName: 'demo', Body: '{}' });
    await refusalOf(opened.runtime.send(command, { abortSignal: abort.signal }));
    await gone;
  });
});

describe('an inference component', () => {
  it('answers by its name, and the endpoint asks for one', async () => {
    await open(always({ who: 'chat' }), { component: 'chat' });
    const answer = await invoke({ InferenceComponentName: 'chat' });
    expect(answer.Body.transformToString()).toBe('{"who":"chat"}');
    expect((await refusalOf(invoke())).message).toContain('Inference Component Name header is required');
    expect((await refusalOf(invoke({ InferenceComponentName: 'other' }))).message).toBe(
      'Inference component other of endpoint demo not found.',
    );
  });
});
