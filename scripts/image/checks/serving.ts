import assert from 'node:assert/strict';
import { check } from '../check.ts';
import { runContainer, stop, untilHealthy, untilPrinted } from '../containers.ts';
import { eventsOf, golden, messages, modelFolder, post } from '../fixture.ts';
import { podman } from '../podman.ts';

const MOUNTED = { '/opt/ml/model': modelFolder };
const shapes = {
  inputs: {
    inputs: golden.text,
    parameters: { max_new_tokens: golden.greedy.ids.length, return_full_text: false },
  },
  messages: { messages, max_tokens: 8 },
  prompt: { prompt: golden.text, max_tokens: 8 },
};
type Fields = Readonly<Record<string, unknown>>;

/** A checkpoint under /opt/ml/model, read-only, as SageMaker mounts it. */
export async function checkServing(image: string): Promise<void> {
  const port = 8210;
  const container = runContainer({
    image,
    mounts: MOUNTED,
    args: ['serve'],
    env: { SAGEMAKER_BIND_TO_PORT: `${port}` },
  });
  const base = `http://127.0.0.1:${port}`;
  const invoke = async (body: object) => {
    const response = await post(`${base}/invocations`, body);
    return { status: response.status, body: (await response.json()) as Fields };
  };
  const stream = async (body: object) =>
    eventsOf(await (await post(`${base}/invocations`, { ...body, stream: true })).text());

  await check('/ping answers within 2 s from the first moment: 503 with the stage of the start, then 200', async () => {
    const { refusals, slowestPingMs } = await untilHealthy(container, port);
    assert.ok(refusals.length > 0, 'it was never refused');
    for (const body of refusals) assert.match(JSON.parse(body).error, /^the model is loading: .+ for \d+\.\d s/);
    console.log(`     ${refusals.length} refusals, the slowest answer after ${slowestPingMs.toFixed(0)} ms`);
    assert.ok(slowestPingMs < 2000, `${slowestPingMs} ms`);
  });
  await check('the log tells the stages of the start, and what each took', () => {
    assert.match(container.log(), /loading \/opt\/ml\/model/);
    assert.match(
      container.log(),
      /ready after \d+\.\d s: finding the model \d+\.\d s, .*loading the weights \d+\.\d s/,
    );
  });
  await check('Node is process 1', () => {
    assert.match(podman('exec', container.name, 'readlink', '/proc/1/exe'), /\/node$/);
  });
  await check('the image’s health check passes', () => {
    podman('exec', container.name, 'node', '/opt/parlance/container/check-health.js');
  });
  await check('/invocations with inputs gives the reference’s text', async () => {
    const { status, body } = await invoke(shapes.inputs);
    assert.equal(status, 200);
    assert.deepEqual(body, [{ generated_text: golden.greedy.text_tgi }]);
  });
  await check('/invocations with messages gives a chat completion, with prompt a completion', async () => {
    assert.equal((await invoke(shapes.messages)).body.object, 'chat.completion');
    assert.equal((await invoke(shapes.prompt)).body.object, 'text_completion');
  });
  await check('/invocations streams each of the three shapes to its end', async () => {
    const tokens = await stream(shapes.inputs);
    assert.equal((tokens.at(-1) as Fields).generated_text, golden.greedy.text_tgi);
    const chat = await stream(shapes.messages);
    assert.equal((chat[0] as Fields).object, 'chat.completion.chunk');
    assert.equal(chat.at(-1), '[DONE]');
    assert.equal((await stream(shapes.prompt)).at(-1), '[DONE]');
  });
  await check('it exits with 0 when it is asked to end', async () => {
    assert.equal((await stop(container)).code, 0);
  });
}

/** TGI 1.4 with its flag. */
export async function checkMessagesApi(image: string): Promise<void> {
  const port = 8211;
  const container = runContainer({ image, mounts: MOUNTED, env: { PORT: `${port}`, MESSAGES_API_ENABLED: 'true' } });
  await check(
    'with MESSAGES_API_ENABLED, /invocations takes messages, streamed or not, and refuses the other shapes',
    async () => {
      const { base } = await untilHealthy(container, port);
      const answer = await post(`${base}/invocations`, shapes.messages);
      assert.equal(((await answer.json()) as Fields).object, 'chat.completion');
      const events = eventsOf(await (await post(`${base}/invocations`, { ...shapes.messages, stream: true })).text());
      assert.equal((events[0] as Fields).object, 'chat.completion.chunk');
      for (const shape of [shapes.inputs, shapes.prompt])
        assert.equal((await post(`${base}/invocations`, shape)).status, 422);
    },
  );
  await stop(container);
}

/** What SageMaker does when it takes an instance away. */
export async function checkDrain(image: string): Promise<void> {
  const port = 8212;
  const container = runContainer({ image, mounts: MOUNTED, env: { PORT: `${port}`, MAX_TOTAL_TOKENS: '2000' } });
  await check('SIGTERM lets a stream finish, refuses new requests, and ends with 0 within 30 s', async () => {
    const { base } = await untilHealthy(container, port);
    const body = {
      prompt: golden.text,
      max_tokens: 1500,
      ignore_eos: true,
      stream: true,
      stream_options: { include_usage: true },
    };
    const reader = (await post(`${base}/invocations`, body)).body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader.read()).value!;
    const askedAt = performance.now();
    container.terminate();
    await untilPrinted(container, 'SIGTERM');
    assert.equal((await fetch(`${base}/ping`)).status, 503);
    assert.equal((await post(`${base}/invocations`, shapes.inputs)).status, 503);
    for (let part = await reader.read(); !part.done; part = await reader.read()) text += part.value;
    assert.match(text, /"completion_tokens":1500/);
    assert.match(text.trimEnd(), /data: \[DONE\]$/);
    assert.equal((await container.ended).code, 0);
    assert.ok(performance.now() - askedAt < 30_000);
  });
}
