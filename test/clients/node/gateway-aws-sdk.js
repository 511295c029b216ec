/** The AWS SDK for JavaScript on a gateway: invocations whole and streamed, errors by class, waiters. */
import assert from 'node:assert/strict';
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateModelCommand,
  DeleteEndpointCommand,
  SageMakerClient,
  waitUntilEndpointDeleted,
  waitUntilEndpointInService,
} from '@aws-sdk/client-sagemaker';
import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  ModelError,
  ModelStreamError,
  SageMakerRuntimeClient,
  ValidationError,
} from '@aws-sdk/client-sagemaker-runtime';
import { run } from './checks.js';

const runtime = new SageMakerRuntimeClient({});
const control = new SageMakerClient({});
const messages = [{ role: 'user', content: 'Tell me a story.' }];
const story = { messages, temperature: 0, max_tokens: 400, ignore_eos: true };
const request = (payload, EndpointName = 'demo') => ({
  EndpointName,
  ContentType: 'application/json',
  Body: JSON.stringify(payload),
});

async function textOf(payload, endpoint) {
  const { Body } = await runtime.send(new InvokeEndpointCommand(request(payload, endpoint)));
  return JSON.parse(Body.transformToString()).choices[0].message.content;
}

/** @returns the events' data, and how long after the request each part came, in ms */
async function streamed(client = runtime) {
  const command = new InvokeEndpointWithResponseStreamCommand(request({ ...story, stream: true }));
  const askedAt = performance.now();
  const { Body } = await client.send(command);
  const decoder = new TextDecoder();
  let sse = '';
  const times = [];
  for await (const { PayloadPart } of Body) {
    times.push(performance.now() - askedAt);
    sse += decoder.decode(PayloadPart.Bytes, { stream: true });
  }
  return { data: sse.split('\n\n').map((event) => event.replace(/^data:\s*/, '')), times };
}

/** Parts come while the model computes, not all at its end. A busy machine may hold a reader back: one of three streams
 * is enough. */
async function assertSpread() {
  const told = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const { times } = await streamed();
    const [first, last] = [times[0], times.at(-1)];
    if (times.length > 20 && last - first > 0.2 * last) return;
    told.push(`${times.length} parts from ${first} to ${last} ms`);
  }
  assert.fail(told.join('; '));
}

await run('@aws-sdk/client-sagemaker-runtime', {
  'InvokeEndpointWithResponseStream gives parts while the model computes, with the text of InvokeEndpoint':
    async () => {
      const { data } = await streamed();
      const chunks = data.filter((text) => text !== '' && text !== '[DONE]').map((text) => JSON.parse(text));
      assert.equal(chunks.map(({ choices }) => choices[0].delta.content).join(''), await textOf(story));
      await assertSpread();
    },
  'what the model refuses is a ModelError, an unknown endpoint a ValidationError': async () => {
    const refused = runtime.send(new InvokeEndpointCommand(request({ nothing: 1 })));
    await assert.rejects(refused, (error) => error instanceof ModelError && error.OriginalStatusCode === 422);
    const unknown = runtime.send(new InvokeEndpointCommand(request(story, 'not-there')));
    await assert.rejects(unknown, (error) => error instanceof ValidationError && /not-there/.test(error.message));
  },
  'a stream that breaks raises ModelStreamError': async () => {
    const client = new SageMakerRuntimeClient({ endpoint: process.env.BREAKING_GATEWAY });
    await assert.rejects(
      streamed(client),
      (error) => error instanceof ModelStreamError && error.ErrorCode === 'StreamBroken',
    );
  },
  'a wrong secret is refused with InvalidSignatureException': async () => {
    const client = new SageMakerRuntimeClient({ credentials: { accessKeyId: 'test', secretAccessKey: 'wrong' } });
    const refused = client.send(new InvokeEndpointCommand(request(story)));
    await assert.rejects(
      refused,
      ({ name, $metadata }) => name === 'InvalidSignatureException' && $metadata.httpStatusCode === 403,
    );
  },
  'an endpoint is created, waited for, invoked and deleted': async () => {
    const name = 'from-javascript';
    const Environment = { HF_MODEL_ID: 'HuggingFaceH4/zephyr-7b-beta' };
    await control.send(new CreateModelCommand({ ModelName: name, PrimaryContainer: { Environment } }));
    const variant = {
      VariantName: 'AllTraffic',
      ModelName: name,
      InstanceType: 'ml.g5.2xlarge',
      InitialInstanceCount: 1,
    };
    await control.send(new CreateEndpointConfigCommand({ EndpointConfigName: name, ProductionVariants: [variant] }));
    await control.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
    const patience = { client: control, minDelay: 1, maxDelay: 1, maxWaitTime: 120 };
    assert.equal((await waitUntilEndpointInService(patience, { EndpointName: name })).state, 'SUCCESS');
    assert((await textOf(story, name)).length > 0);
    await control.send(new DeleteEndpointCommand({ EndpointName: name }));
    assert.equal((await waitUntilEndpointDeleted(patience, { EndpointName: name })).state, 'SUCCESS');
  },
});
