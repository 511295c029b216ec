import assert from 'node:assert/strict';
import { StandInHub } from '../../../test/hub/support/stand-in-hub.ts';
import { check } from '../check.ts';
import { type ContainerOptions, runContainer, type Start, stop, untilHealthy } from '../containers.ts';
import { golden, messages, modelFiles, modelFolder, post } from '../fixture.ts';
import { podman } from '../podman.ts';

const PORT = 8214;
const ZEPHYR = 'HuggingFaceH4/zephyr-7b-beta';
const COMMIT = 'c'.repeat(40);
/** What SageMaker's SDK adds to a model's environment. */
const SAGEMAKER = {
  SAGEMAKER_CONTAINER_LOG_LEVEL: '20',
  SAGEMAKER_REGION: 'us-east-1',
  SAGEMAKER_PROGRAM: '',
  SAGEMAKER_SUBMIT_DIRECTORY: '',
  AWS_REGION: 'us-east-1',
};

/** The environments of deployment scripts, as SageMaker, Inference Endpoints and others start containers. */
export async function checkEnvironments(image: string): Promise<void> {
  const hub = await StandInHub.start({ id: ZEPHYR, commits: { [COMMIT]: modelFiles }, branches: { main: COMMIT } });
  const sagemaker = { ...SAGEMAKER, HF_ENDPOINT: hub.endpoint, HF_MODEL_ID: ZEPHYR, SM_NUM_GPUS: '1' };
  const serves = async (
    name: string,
    options: Omit<ContainerOptions, 'image'>,
    use: (start: Start, log: string, container: string) => unknown,
  ) =>
    check(name, async () => {
      const container = runContainer({ image, ...options, env: { PORT: `${PORT}`, ...options.env } });
      const start = await untilHealthy(container, PORT);
      await use(start, container.log(), container.name);
      assert.equal((await stop(container)).code, 0);
    });
  const answersChat = async ({ base }: Start, route = '/invocations') => {
    const answer = await post(base + route, { messages, max_tokens: 8 });
    const body = (await answer.json()) as { choices?: { message: { role: string } }[] };
    assert.equal(body.choices?.[0]?.message.role, 'assistant', JSON.stringify(body));
  };

  await serves(
    'SageMaker’s script for TGI 1.4, MESSAGES_API_ENABLED as Python prints it',
    { env: { ...sagemaker, MESSAGES_API_ENABLED: 'True' } },
    async (start) => {
      await answersChat(start);
      assert.equal((await post(`${start.base}/invocations`, { inputs: 'hi' })).status, 422);
    },
  );
  hub.pieceDelayMs = 100;
  await serves(
    'SageMaker’s script for TGI 3, while the Hub is slow',
    { env: { ...sagemaker, HF_MODEL_REVISION: 'main', HF_MODEL_TRUST_REMOTE_CODE: 'true', HF_TOKEN: 'hf_x' } },
    async (start) => {
      await answersChat(start);
      assert.ok(
        start.refusals.some((body) => /downloading the model \(.+ of .+\)/.test(body)),
        'no refusal told of the download',
      );
      assert.ok(start.slowestPingMs < 2000, `${start.slowestPingMs} ms`);
    },
  );
  hub.pieceDelayMs = 0;
  await serves(
    'the Inference Endpoint’s script: /repository, limits beyond the model, /health',
    {
      mounts: { '/repository': modelFolder },
      env: {
        MODEL_ID: '/repository',
        MAX_INPUT_LENGTH: '4096',
        MAX_BATCH_PREFILL_TOKENS: '4096',
        MAX_TOTAL_TOKENS: '32000',
        MAX_BATCH_TOTAL_TOKENS: '1024000',
      },
    },
    async (start) => {
      assert.equal((await fetch(`${start.base}/health`)).status, 200);
      await answersChat(start, '/v1/chat/completions');
      const info = (await (await fetch(`${start.base}/info`)).json()) as Record<string, unknown>;
      assert.equal(info.max_total_tokens, 32_000);
    },
  );
  await serves('nothing set: the demo model', {}, async ({ base }) => {
    const info = (await (await fetch(`${base}/info`)).json()) as Record<string, unknown>;
    assert.equal(info.model_id, 'parlance-demo');
  });
  await serves(
    'text-generation-launcher’s flags, without a command',
    { args: ['--model-id', '/m', '--max-total-tokens', '200'], mounts: { '/m': modelFolder } },
    ({ base }) => answersChat({ base, refusals: [], slowestPingMs: 0 }),
  );
  await serves(
    'a model of the Hub beside a mounted one: a warning names the other',
    { env: sagemaker, mounts: { '/opt/ml/model': modelFolder } },
    (_start, log) => {
      assert.match(log, /WARN.*\/opt\/ml\/model holds a model, too/);
    },
  );
  await serves(
    'two replicas share the requests',
    { env: { NUM_REPLICAS: '2' }, mounts: { '/opt/ml/model': modelFolder } },
    async ({ base }, log) => {
      assert.match(log, /replica 2 of 2/);
      const body = { inputs: golden.text, parameters: { max_new_tokens: golden.greedy.ids.length } };
      const answers = await Promise.all(Array.from({ length: 6 }, () => post(`${base}/generate`, body)));
      for (const answer of answers) assert.deepEqual(await answer.json(), { generated_text: golden.greedy.text_tgi });
    },
  );
  await serves(
    'any user, and nothing to write but /tmp',
    { flags: ['--user', '1000:1000', '--read-only', '--tmpfs', '/tmp'], env: sagemaker },
    async (start, _log, name) => {
      await answersChat(start);
      assert.equal(podman('exec', name, 'id', '-u'), '1000');
    },
  );
  await hub.stop();
}
