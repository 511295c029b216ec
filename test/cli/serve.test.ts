import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FIXTURES } from './support/run-parlance.ts';
import { type StartedServer, startParlance } from './support/start-parlance.ts';

const model = join(FIXTURES, 'llama3-tied');
const [golden] = JSON.parse(readFileSync(join(model, 'goldens.json'), 'utf8')).prompts;

let server: StartedServer | undefined;

afterEach(async () => {
  server?.process.kill('SIGKILL');
  await server?.ended();
  server = undefined;
});

const start = async (flags: readonly string[] = [], env: Record<string, string> = {}) => {
  server = await startParlance(['--model-id', model, ...flags], env);
  return server;
};
const ready = ({ printed }: StartedServer) => printed('ready after');
const metricsOf = async ({ url }: StartedServer) => (await fetch(`${url}/metrics`)).text();
const post = (url: string, body: object) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('parlance serve', () => {
  it('answers health checks from the first moment: 503 while the model loads, then 200, and generates', async () => {
    const { url, ...rest } = await start();
    const early = await fetch(`${url}/ping`);
    expect(early.status).toBe(503);
    expect(await early.json()).toEqual({
      error: expect.stringMatching(/^the model is loading: \D+, for \d+\.\d s, \d+\.\d s after the start$/),
      error_type: 'healthcheck',
    });
    await ready({ url, ...rest });
    for (const path of ['/health', '/ping']) expect((await fetch(url + path)).status).toBe(200);
    const answer = await post(`${url}/generate`, { inputs: golden.text, parameters: { max_new_tokens: 28 } });
    expect(await answer.json()).toEqual({ generated_text: golden.greedy.text_tgi });
  });

  it('answers health checks while a download hangs, and ends by a signal all the same', async () => {
    const hub = createServer(() => {});
    await new Promise<void>((done) => hub.listen(0, '127.0.0.1', done));
    const { port } = hub.address() as AddressInfo;
    const cache = mkdtempSync(join(tmpdir(), 'parlance-serve-'));
    server = await startParlance(['--model-id', 'org/name'], {
      HF_ENDPOINT: `http://127.0.0.1:${port}`,
      HF_HOME: cache,
    });
    const answer = await fetch(`${server.url}/ping`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: expect.stringContaining('finding the model') });
    server.process.kill('SIGTERM');
    expect(await server.ended()).toBe(0);
    hub.closeAllConnections();
    hub.close();
    rmSync(cache, { recursive: true });
  });

  it('says what it loaded, what sizes it chose, and where it serves', async () => {
    const started = await start(['--max-batch-size', '3', '--threads', '1']);
    await ready(started);
    const output = started.output();
    expect(output).toContain(`serving ${model} on ${started.url}`);
    expect(output).toContain('LlamaForCausalLM');
    expect(output).toMatch(/\d+ slots; max_batch_total_tokens is 768, enough for 3 sequences/);
    expect(output).toMatch(/1 thread\b/);
    expect(output).toMatch(/ready after \d+\.\d s: finding the model \d+\.\d s, .*warming up \d+\.\d s/);
  });

  it('spreads requests over replicas of the model, and each generates the same', async () => {
    const started = await start([], { NUM_REPLICAS: '2' });
    await ready(started);
    expect(started.output()).toContain('warming up, replica 2 of 2');
    const body = { inputs: golden.text, parameters: { max_new_tokens: 28 } };
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(`${started.url}/generate`, body)));
    for (const answer of answers) expect(await answer.json()).toEqual({ generated_text: golden.greedy.text_tgi });
    started.process.kill('SIGTERM');
    expect(await started.ended()).toBe(0);
  });

  it('counts the runs of the model, and what joins them', async () => {
    const started = await start(['--waiting-served-ratio', '0']);
    await ready(started);
    const generate = (inputs: string) =>
      post(`${started.url}/generate`, { inputs, parameters: { max_new_tokens: 60, do_sample: true, seed: 1 } });
    const first = generate('one');
    while (!/tgi_batch_current_size [1-9]/.test(await metricsOf(started))) {}
    await Promise.all([first, generate('two'), generate('three')]);
    const values = new Map(
      (await metricsOf(started)).split('\n').map((line) => {
        const end = line.lastIndexOf(' ');
        return [line.slice(0, end), Number(line.slice(end))];
      }),
    );
    for (const method of ['prefill', 'decode']) {
      const runs = values.get(`tgi_batch_inference_count{method="${method}"}`);
      expect(runs).toBeGreaterThanOrEqual(method === 'prefill' ? 3 : 59);
      expect(values.get(`tgi_batch_inference_success{method="${method}"}`)).toBe(runs);
      for (const part of ['inference', 'forward', 'decode', 'filter']) {
        expect(values.get(`tgi_batch_${part}_duration_count{method="${method}"}`)).toBe(runs);
        expect(values.get(`tgi_batch_${part}_duration_sum{method="${method}"}`)).toBeGreaterThan(0);
      }
    }
    expect(values.get('tgi_batch_concat{reason="backpressure"}')).toBeGreaterThan(0);
    expect(values.get('tgi_batch_concat_duration_count{method="decode"}')).toBeGreaterThan(0);
    expect(values.get('tgi_batch_next_size_count')).toBeGreaterThanOrEqual(2);
    expect(values.get('tgi_batch_next_size_sum')).toBe(3);
  });

  it('gives OpenAI clients 20 likeliest tokens, unless --max-top-n-tokens says otherwise', async () => {
    const ask = async (flags: readonly string[]) => {
      const started = await start(flags);
      await ready(started);
      const body = { prompt: 'a', max_tokens: 2, temperature: 0, logprobs: 20 };
      const answer = await post(`${started.url}/v1/completions`, body);
      const tgi = await post(`${started.url}/generate`, { inputs: 'a', parameters: { top_n_tokens: 6 } });
      expect(tgi.status).toBe(422);
      started.process.kill('SIGKILL');
      return answer;
    };
    const answer = (await (await ask([])).json()) as { choices: { logprobs: { top_logprobs: object[] } }[] };
    // By text: tokens that are parts of characters share theirs.
    expect(Object.keys(answer.choices[0]!.logprobs.top_logprobs[0]!).length).toBeGreaterThan(6);
    expect((await ask(['--max-top-n-tokens', '5'])).status).toBe(422);
  });

  it('logs JSON lines, and nothing else, with --json-output', async () => {
    const started = await start(['--json-output']);
    await ready(started);
    const lines = started.output().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(lines.map(() => 'INFO'));
  });

  it('takes limits beyond the positions of the model, with a warning', async () => {
    const environment = {
      MAX_INPUT_LENGTH: '4096',
      MAX_BATCH_PREFILL_TOKENS: '4096',
      MAX_TOTAL_TOKENS: '32000',
      MAX_BATCH_TOTAL_TOKENS: '1024000',
    };
    const started = await start([], environment);
    await ready(started);
    expect(started.output()).toMatch(/WARN: .*32000.*256 positions/);
    expect(await (await fetch(`${started.url}/info`)).json()).toMatchObject({
      max_input_tokens: 4096,
      max_total_tokens: 32_000,
    });
  });

  it('refuses an input length that leaves no room in the positions of the model', async () => {
    const started = await start(['--max-input-tokens', '256']);
    expect(await started.ended()).toBe(1);
    expect(started.output()).toMatch(/error: --max-input-tokens 256 must be less than [^\n]*256/);
  });
});

describe('parlance serve, asked to end', () => {
  const streamOf = (url: string) =>
    post(`${url}/v1/completions`, {
      prompt: golden.text,
      max_tokens: 1500,
      temperature: 1,
      ignore_eos: true,
      stream: true,
      stream_options: { include_usage: true },
    });

  it('finishes the stream that runs, refuses all else, and exits with 0', async () => {
    const started = await start(['--max-total-tokens', '2000']);
    await ready(started);
    const response = await streamOf(started.url);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader.read()).value!;
    started.process.kill('SIGTERM');
    await started.printed('SIGTERM');
    expect((await fetch(`${started.url}/health`)).status).toBe(503);
    expect((await post(`${started.url}/generate`, { inputs: 'x' })).status).toBe(503);
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
    expect(text).toContain('"completion_tokens":1500');
    expect(text.trimEnd()).toMatch(/data: \[DONE\]$/);
    expect(await started.ended()).toBe(0);
  });

  it('cuts off what runs after the timeout', async () => {
    const started = await start(['--max-total-tokens', '32000', '--graceful-termination-timeout', '0']);
    await ready(started);
    const response = await streamOf(started.url);
    const reader = response.body!.getReader();
    await reader.read();
    started.process.kill('SIGINT');
    const drain = async () => {
      while (!(await reader.read()).done);
    };
    await expect(drain()).rejects.toThrow('terminated');
    expect(await started.ended()).toBe(0);
  });

  it('ends at once by a second signal', async () => {
    const started = await start(['--max-total-tokens', '32000']);
    await ready(started);
    const reader = (await streamOf(started.url)).body!.getReader();
    await reader.read();
    started.process.kill('SIGTERM');
    await started.printed('SIGTERM');
    started.process.kill('SIGTERM');
    expect(await started.ended()).toBe(143);
    await reader.cancel().catch(() => {});
  });

  it('ends with 0 while the model loads', async () => {
    const started = await start();
    started.process.kill('SIGTERM');
    expect(await started.ended()).toBe(0);
  });
});
