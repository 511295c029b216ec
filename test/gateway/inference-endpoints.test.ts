import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenGateway, openGateway } from './support/open-gateway.ts';

let opened: OpenGateway;
const clock = { now: Date.parse('2026-01-01T00:00:00Z') };

beforeEach(async () => {
  clock.now = Date.parse('2026-01-01T00:00:00Z');
  opened = await openGateway({}, { now: () => clock.now });
});
afterEach(() => opened.close());

const request = {
  name: 'chat',
  type: 'protected',
  provider: { vendor: 'aws', region: 'us-east-1' },
  compute: {
    accelerator: 'gpu',
    instanceType: 'nvidia-a100',
    instanceSize: 'x2',
    scaling: { minReplica: 0, maxReplica: 1, scaleToZeroTimeout: 15 },
  },
  model: {
    repository: 'org/model',
    framework: 'pytorch',
    revision: null,
    task: 'text-generation',
    image: {
      custom: { url: 'tgi', health_route: '/health', env: { MODEL_ID: '/repository', A: 'b', HEALTH_PATH: '/health' } },
    },
  },
};

async function call(method: string, path: string, body?: unknown) {
  const answer = await fetch(`${opened.url}${path}`, {
    method,
    headers: { authorization: 'Bearer hf_XXX', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

async function untilState(state: string) {
  for (;;) {
    const { body } = await call('GET', '/v2/endpoint/parlance/chat');
    if (body.status.state === state) return body;
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('an Inference Endpoint', () => {
  it('is created, told and served at an address of its own', async () => {
    expect((await call('GET', '/api/whoami-v2')).body).toMatchObject({ type: 'user', name: 'parlance' });
    const { status, body } = await call('POST', '/v2/endpoint/parlance', request);
    expect([status, body.status.state, body.status.url]).toEqual([200, 'initializing', undefined]);
    const running = await untilState('running');
    expect(running).toMatchObject({
      name: 'chat',
      type: 'protected',
      healthRoute: '/health',
      model: { repository: 'org/model', framework: 'pytorch', revision: null, task: 'text-generation' },
      status: { createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z' },
    });
    expect(running.status.url).toBe(`${opened.url}/inference-endpoints/parlance/chat`);
    const { body: answer } = await call('POST', '/inference-endpoints/parlance/chat/v1/chat/completions?a=1', {});
    expect(answer.path).toBe('/v1/chat/completions?a=1');
    expect(answer.environment).toMatchObject({ MODEL_ID: 'org/model', A: 'b' });
    expect((await call('GET', '/v2/endpoint/parlance')).body.items).toHaveLength(1);
  });

  it('rests when it is paused, runs again when it is resumed, and is gone when it is deleted', async () => {
    await call('POST', '/v2/endpoint/parlance', request);
    await untilState('running');
    expect((await call('POST', '/v2/endpoint/parlance/chat/resume')).status).toBe(400);
    expect((await call('POST', '/v2/endpoint/parlance/chat/pause')).body.status.state).toBe('paused');
    expect((await call('GET', '/inference-endpoints/parlance/chat/health')).status).toBe(400);
    expect((await call('POST', '/v2/endpoint/parlance/chat/resume')).body.status.state).toBe('initializing');
    await untilState('running');
    expect((await call('DELETE', '/v2/endpoint/parlance/chat')).status).toBe(200);
    expect((await call('GET', '/v2/endpoint/parlance/chat')).status).toBe(404);
  });

  it('goes to zero when nobody asks for as long as it says, and wakes when somebody does', async () => {
    await call('POST', '/v2/endpoint/parlance', request);
    await untilState('running');
    clock.now += 15 * 60_000 - 1;
    await opened.gateway.hubEndpoints.scaleIdle();
    expect((await call('GET', '/v2/endpoint/parlance/chat')).body.status.state).toBe('running');
    clock.now += 1;
    await opened.gateway.hubEndpoints.scaleIdle();
    const asleep = (await call('GET', '/v2/endpoint/parlance/chat')).body;
    expect([asleep.status.state, asleep.status.url]).toEqual(['scaledToZero', expect.stringContaining('/chat')]);
    expect(await call('POST', '/inference-endpoints/parlance/chat/generate', {})).toMatchObject({
      status: 503,
      body: { error: 'Endpoint "chat" is initializing' },
    });
    await untilState('running');
  });

  it('holds a request back while it starts, where the client asks for that', async () => {
    await call('POST', '/v2/endpoint/parlance', request);
    await untilState('running');
    await call('POST', '/v2/endpoint/parlance/chat/scale-to-zero');
    const answer = await fetch(`${opened.url}/inference-endpoints/parlance/chat/generate`, {
      method: 'POST',
      headers: { 'x-scale-up-timeout': '60', authorization: 'Bearer hf_XXX' },
    });
    expect(answer.status).toBe(200);
  });

  it('is changed in part, and runs by the change', async () => {
    await call('POST', '/v2/endpoint/parlance', request);
    await untilState('running');
    await call('PUT', '/v2/endpoint/parlance/chat', { model: { repository: 'org/other' } });
    await untilState('running');
    const { body } = await call('POST', '/inference-endpoints/parlance/chat/', {});
    expect(body.environment).toMatchObject({ MODEL_ID: 'org/other', A: 'b' });
  });

  it('stays paused where it is paused while a change is made', async () => {
    const image = { custom: { ...request.model.image.custom, env: { HEALTH_PATH: '/health', END_AFTER_MS: '200' } } };
    await call('POST', '/v2/endpoint/parlance', { ...request, model: { ...request.model, image } });
    await untilState('running');
    await call('PUT', '/v2/endpoint/parlance/chat', { model: { repository: 'org/other' } });
    await call('POST', '/v2/endpoint/parlance/chat/pause');
    while (!opened.lines.some((line) => line.includes('chat: its container has ended')))
      await new Promise((done) => setTimeout(done, 20));
    expect((await call('GET', '/v2/endpoint/parlance/chat')).body.status.state).toBe('paused');
    expect(opened.lines.filter((line) => line.includes('chat: starting a container'))).toHaveLength(1);
  });

  it('is refused with words that name the field, and asks for a token', async () => {
    const { name, ...nameless } = request;
    expect(await call('POST', '/v2/endpoint/parlance', nameless)).toMatchObject({
      status: 400,
      body: { error: expect.stringMatching(/^name: /) },
    });
    const huge = await call('POST', '/v2/endpoint/parlance', { ...request, name: 'x'.repeat(2 ** 20) });
    expect(huge).toMatchObject({ status: 413, body: { error: expect.stringContaining('over the limit of 1048576') } });
    await call('POST', '/v2/endpoint/parlance', request);
    expect((await call('POST', '/v2/endpoint/parlance', request)).status).toBe(409);
    const open = [`/v2/endpoint/parlance/${name}`, `/inference-endpoints/parlance/${name}/health`, '/api/whoami-v2'];
    for (const path of open) expect((await fetch(`${opened.url}${path}`)).status).toBe(401);
  });
});
