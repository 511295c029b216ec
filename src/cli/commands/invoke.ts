import type { Command } from 'commander';
import type { ChatCompletionRequest, ChatMessage } from '../../client/chat-types.ts';
import type { AwsClients } from '../../deploy/aws-clients.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { type AwsOptions, awsCommand, onAws } from '../endpoints/aws-command.ts';
import { interruptible } from '../process/interruptible.ts';
import { durationOption } from '../settings/parse-duration.ts';
import { numberIn, parseCount, parsePositive } from '../settings/parse-number.ts';
import { readPrompt } from '../settings/read-prompt.ts';
import { readSettingFile } from '../settings/read-setting-file.ts';

interface InvokeOptions extends AwsOptions {
  readonly system?: string;
  readonly messages?: string;
  readonly component?: string;
  readonly variant?: string;
  readonly session?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly stream: boolean;
  readonly patience: number;
}

export function invokeCommand(): Command {
  return awsCommand('invoke', {
    description:
      'Asks an endpoint, and prints the answer as it comes. Waits for one that starts or scales out from zero.',
    examples: [
      'parlance invoke zephyr-7b-beta "What is SageMaker?"',
      'parlance invoke zephyr-7b-beta --system "Answer in French." < question.txt',
      'parlance invoke zephyr-7b-beta --messages chat.json --max-tokens 200 --json',
    ],
  })
    .argument('<endpoint>', 'name of the endpoint')
    .argument('[prompt]', 'what the user says; read from standard input where it is left out')
    .option('--system <text>', 'system message in front of the prompt')
    .option('--messages <file>', "a JSON file with a list of messages in OpenAI's form, in the place of a prompt")
    .option('--component <name>', 'inference component (default: that of the endpoint, where it has one)')
    .option('--variant <name>', 'production variant, in the place of one drawn by their weights')
    .option('--session <id>', 'sticky session that the container has opened')
    .option('--max-tokens <integer>', 'longest answer, in tokens', parsePositive)
    .option('--temperature <number>', '0 takes the likeliest token', numberIn({}))
    .option('--seed <integer>', 'makes the drawing repeatable', parseCount)
    .option('--no-stream', 'print the answer once it is whole')
    .addOption(
      durationOption('--patience <duration>', 'how long to wait for an endpoint that is not ready or busy', '10m'),
    )
    .action((endpoint: string, prompt: string | undefined, options: InvokeOptions) =>
      onAws(() => invoke(endpoint, prompt, options)),
    );
}

async function invoke(endpointName: string, prompt: string | undefined, options: InvokeOptions): Promise<void> {
  const messages = await readMessages(prompt, options);
  const { SageMakerChat } = await import('../../client/sagemaker-chat.ts');
  const { createAwsClients } = await import('../../deploy/aws-clients.ts');
  const clients = createAwsClients(options);
  const component = options.component ?? (await onlyComponent(clients, endpointName));
  const chat = new SageMakerChat({
    endpointName,
    client: clients.runtime,
    ...(component !== undefined && { inferenceComponentName: component }),
    ...(options.variant !== undefined && { targetVariant: options.variant }),
    ...(options.session !== undefined && { sessionId: options.session }),
    retry: {
      timeoutMs: options.patience,
      onRetry: ({ message }, delayMs) =>
        process.stderr.write(`${message}; trying again in ${(delayMs / 1000).toFixed(1)} s\n`),
    },
  });
  const request: ChatCompletionRequest = {
    messages,
    ...(options.maxTokens !== undefined && { max_tokens: options.maxTokens }),
    ...(options.temperature !== undefined && { temperature: options.temperature }),
    ...(options.seed !== undefined && { seed: options.seed }),
  };
  await interruptible((signal) => answer(chat, request, options, signal).catch(throwInWords));
}

type Chat = import('../../client/sagemaker-chat.ts').SageMakerChat;

/** With --json a line for each chunk, or the whole completion with --no-stream too. */
async function answer(
  chat: Chat,
  request: ChatCompletionRequest,
  { stream, json = false }: InvokeOptions,
  signal: AbortSignal,
): Promise<void> {
  if (!stream) {
    const completion = await chat.completions.create({ ...request, stream: false }, { signal });
    const text = completion.choices[0]?.message.content ?? '';
    process.stdout.write(`${json ? JSON.stringify(completion, null, 2) : text}\n`);
    return;
  }
  for await (const chunk of await chat.completions.create({ ...request, stream: true }, { signal }))
    process.stdout.write(json ? `${JSON.stringify(chunk)}\n` : (chunk.choices[0]?.delta.content ?? ''));
  if (!json) process.stdout.write('\n');
}

/** @returns the inference component of an endpoint with just one; nothing where the caller may not list them */
async function onlyComponent(clients: AwsClients, endpointName: string): Promise<string | undefined> {
  const { listComponents } = await import('../../deploy/describe-endpoint.ts');
  const names = await listComponents(clients, endpointName);
  if (names.length > 1)
    throw new ParlanceError(
      'validation',
      `endpoint ${endpointName} has the components ${names.join(', ')}: choose one by --component`,
    );
  return names[0];
}

async function readMessages(
  prompt: string | undefined,
  { system, messages }: InvokeOptions,
): Promise<readonly ChatMessage[]> {
  if (messages === undefined) {
    const content = await readPrompt(prompt);
    return [...(system === undefined ? [] : [{ role: 'system' as const, content: system }]), { role: 'user', content }];
  }
  const given = [prompt !== undefined && 'a prompt', system !== undefined && '--system'].find(Boolean);
  if (given) throw new ParlanceError('validation', `--messages is given beside ${given}: the file has all messages`);
  return parseMessages(readSettingFile('--messages', messages), messages);
}

/** What a message holds is the model's to check. @throws validation for what is no list of them */
function parseMessages(text: string, file: string): readonly ChatMessage[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    throw new ParlanceError('validation', `--messages ${file} is not JSON: ${String(cause)}`, { cause });
  }
  if (isList(list)) return list;
  throw new ParlanceError(
    'validation',
    `--messages ${file} holds no list of messages: expected such as [{"role": "user", "content": "Hi"}]`,
  );
}

function isList(value: unknown): value is readonly ChatMessage[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'role' in item);
}

async function throwInWords(error: unknown): Promise<never> {
  const { SageMakerChatError } = await import('../../client/chat-error.ts');
  if (!(error instanceof SageMakerChatError)) throw error;
  const { describeAwsFailure } = await import('../../deploy/aws-failure.ts');
  const cause = describeAwsFailure(error.cause);
  const isModels = /^(model_error|ModelError|incomplete_stream|invalid_answer|.*Stream.*)$/.test(error.code);
  if (isModels || !(cause instanceof ParlanceError))
    throw new ParlanceError('generation', error.message, { cause: error });
  const isUnknown = error.code === 'ValidationError' && /not found|could not find/i.test(error.message);
  throw isUnknown ? new ParlanceError('unknown_endpoint', error.message, { cause: error }) : cause;
}
