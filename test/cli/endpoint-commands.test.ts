import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListModelsCommand } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EndpointWorkbench, openWorkbench } from './support/gateway-endpoints.ts';

let bench: EndpointWorkbench;

beforeAll(async () => {
  bench = await openWorkbench();
  await bench.createEndpoint('tiny', { HF_MODEL_ID: 'org/tiny' });
  await bench.createComponent('shared', { HF_MODEL_ID: 'org/tiny' });
});

afterAll(() => bench.gateway.close());

async function json(...args: string[]) {
  const { code, stdout, stderr } = await bench.run(...args, '--json');
  if (code !== 0) throw new Error(`parlance ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

describe('on a gateway with real servers', () => {
  it('wait waits for an endpoint and tells its statuses', async () => {
    const { code, stdout, stderr } = await bench.run('wait', 'tiny', '--interval', '0.2s');
    expect({ code, lines: stderr }).toEqual({ code: 0, lines: expect.stringContaining('tiny is InService') });
    expect(stdout).toContain('variant         AllTraffic: 1 of 1 ml.g5.2xlarge');
  });

  it('wait waits for the components of an endpoint too', async () => {
    const endpoint = await json('wait', 'shared', '--interval', '0.2s');
    expect(endpoint).toMatchObject({
      status: 'InService',
      components: [{ name: 'shared', status: 'InService', numCopies: 2, desiredCopies: 2 }],
    });
  });

  it('wait ends with 5 when its time is over, and says how to go on', async () => {
    await bench.createEndpoint('slow', { HF_MODEL_ID: 'org/tiny' });
    const { code, stderr } = await bench.run('wait', 'slow', '--timeout', '0s');
    expect(code).toBe(5);
    expect(stderr).toContain('`parlance wait slow` goes on waiting');
    await bench.run('wait', 'slow', '--interval', '0.2s');
  });

  it('wait ends with 4 for a start that failed, with the likely cause', async () => {
    await bench.createEndpoint('broken', { HF_MODEL_ID: '/absent' });
    const { code, stderr } = await bench.run('wait', 'broken', '--interval', '0.2s');
    expect(code).toBe(4);
    expect(stderr).toMatch(/error: endpoint broken has failed: .*there is no such folder/);
    expect(stderr).toContain('likely cause: the container ended with an error');
  });

  it('status lists endpoints, and ends with 3 for one that is not there', async () => {
    const { endpoints } = await json('status');
    expect(endpoints).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'tiny', status: 'InService' })]));
    const { code, stderr } = await bench.run('status', 'nobody');
    expect({ code, stderr }).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(/^error: there is no endpoint nobody/),
    });
  });

  it('invoke streams an answer to a prompt, and the chunks with --json', async () => {
    const flags = ['--max-tokens', '6', '--temperature', '0'];
    const text = await bench.run('invoke', 'tiny', 'Hello', ...flags);
    expect(text).toMatchObject({ code: 0, stderr: '' });
    const { stdout } = await bench.run('invoke', 'tiny', 'Hello', ...flags, '--json');
    const chunks = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const contents = chunks.map(({ choices }) => choices[0]?.delta.content ?? '');
    expect(`${contents.join('')}\n`).toBe(text.stdout);
    expect(chunks.at(-1).choices[0].finish_reason).toBe('length');
  });

  it('invoke finds the component of an endpoint, and takes messages from a file', async () => {
    const file = join(bench.gateway.s3Folder, 'messages.json');
    writeFileSync(
      file,
      JSON.stringify([
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'Hi' },
      ]),
    );
    const flags = ['--max-tokens', '3', '--temperature', '0', '--no-stream'];
    const completion = await json('invoke', 'shared', '--messages', file, ...flags);
    expect(completion).toMatchObject({ object: 'chat.completion', usage: { completion_tokens: 3 } });
  });

  it('invoke says what the model refuses, in one line', async () => {
    const { code, stderr } = await bench.run('invoke', 'tiny', 'Hi', '--temperature', '-1');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: the model answered 422: [^\n]*temperature[^\n]*\n$/);
  });

  it.each([
    ['that is not there', '/absent.json', /^error: --messages \S+ can't be read: ENOENT[^\n]*\n$/],
    ['that is no JSON', '{', /^error: --messages \S+ is not JSON: [^\n]+\n$/],
    ['without a list', '{"messages":[]}', /^error: --messages \S+ holds no list of messages: [^\n]+\n$/],
  ])('invoke says what is wrong with a file of messages %s', async (_, content, message) => {
    const file = join(bench.gateway.s3Folder, 'wrong.json');
    writeFileSync(file, content);
    const { code, stderr } = await bench.run('invoke', 'tiny', '--messages', content.startsWith('/') ? content : file);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(message) });
  });

  it('invoke refuses a prompt beside a file of messages, and none at all', async () => {
    const both = await bench.run('invoke', 'tiny', 'Hi', '--messages', 'chat.json');
    expect(both.stderr).toBe('error: --messages is given beside a prompt: the file has all messages\n');
    expect((await bench.run('invoke', 'tiny')).stderr).toContain('error: the prompt is empty');
  });

  it('invoke ends with 3 for an endpoint that is not there', async () => {
    expect(await bench.run('invoke', 'nobody', 'Hi')).toMatchObject({ code: 3, stdout: '' });
  });

  it('cost counts the instances of each endpoint', async () => {
    const { endpoints, prices } = await json('cost', 'tiny');
    expect(endpoints).toMatchObject([
      {
        endpoint: 'tiny',
        instances: [{ instanceType: 'ml.g5.2xlarge', count: 1 }],
        perHour: 1.515,
        perMonth: 1.515 * 730,
      },
    ]);
    expect(prices.date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('scale sets the instances of an endpoint and the copies of a component', async () => {
    await json('scale', 'tiny', '2');
    expect(await json('status', 'tiny')).toMatchObject({ variants: [{ desiredInstances: 2 }] });
    await json('scale', 'shared', '3');
    expect(await json('wait', 'shared', '--interval', '0.2s')).toMatchObject({ components: [{ numCopies: 3 }] });
  });

  it('scale refuses no instances where there is no component, and says what to do', async () => {
    const { code, stderr } = await bench.run('scale', 'tiny', '0');
    expect(code).toBe(1);
    expect(stderr).toContain('`parlance pause tiny`');
  });

  it('pause brings components to no copy, and resume to as many as they had', async () => {
    expect(await json('pause', 'shared')).toMatchObject({ way: 'copies', losesScaling: false });
    expect(await json('wait', 'shared', '--interval', '0.2s')).toMatchObject({ components: [{ numCopies: 0 }] });
    expect((await bench.run('status', 'shared')).stdout).toContain('InService, paused: no copy runs');
    await json('resume', 'shared');
    expect(await json('wait', 'shared', '--interval', '0.2s')).toMatchObject({ components: [{ numCopies: 3 }] });
  });

  it('pause deletes an endpoint without components, and resume makes it again from its configuration', async () => {
    expect(await json('pause', 'slow')).toMatchObject({ way: 'endpoint', configName: 'slow' });
    const gone = await bench.run('wait', 'slow', '--interval', '0.2s', '--timeout', '20s');
    expect(gone.code).toBe(3);
    expect(await json('resume', 'slow')).toMatchObject({ way: 'endpoint', configName: 'slow' });
    expect(await json('wait', 'slow', '--interval', '0.2s')).toMatchObject({ status: 'InService' });
    const { code, stdout } = await bench.run('invoke', 'slow', 'Hi', '--max-tokens', '8', '--temperature', '0');
    expect({ code, hasText: stdout.trim() !== '' }).toEqual({ code: 0, hasText: true });
  });

  it('resume says so where an endpoint is not paused, and where there is nothing to make it from', async () => {
    expect((await bench.run('resume', 'tiny')).stderr).toContain('is not paused: it is InService');
    expect(await bench.run('resume', 'nobody')).toMatchObject({ code: 3 });
  });

  it('delete asks first, and then deletes endpoint, configuration and models', async () => {
    const refused = await bench.run('delete', 'tiny');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Delete tiny, tiny, tiny? [y/N]') });
    expect(await json('delete', 'tiny', '--yes')).toMatchObject({ endpoint: 'tiny', deleted: { kind: 'resources' } });
    expect(await bench.run('delete', 'tiny', '--yes')).toMatchObject({ code: 3 });
  });

  it('delete waits for the components to go before their endpoint, and deletes their models too', async () => {
    expect(await json('delete', 'shared', '--yes')).toMatchObject({
      deleted: { components: ['shared'], models: ['shared'] },
    });
    const { Models } = await bench.gateway.control.send(new ListModelsCommand({ NameContains: 'shared' }));
    expect(Models).toEqual([]);
  });
});

describe('without AWS', () => {
  it('a command says which settings reach it', async () => {
    const { runParlance } = await import('./support/run-parlance.ts');
    const env = {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    };
    const { code, stderr } = await runParlance(['status'], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: AWS can't be reached \([^\n]*\): check the network, the region and AWS_ENDPOINT_URL\n$/,
    );
  });
});
