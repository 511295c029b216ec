/** Runs every command of docs/from-zero-to-an-endpoint.md against stand-ins on this machine: the gateway for SageMaker's
 * runtime, moto for the rest of AWS, a stand-in of the Hub; and the documented way for Python on streams cut anywhere.
 * `--show` prints what the commands print; `--from TITLE` begins with that section of the page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { cutAnywhere } from '../test/client/support/chat-stream.ts';
import { payloadPart, startEventStream, startRuntime } from '../test/client/support/runtime-server.ts';
import { readPage } from '../test/endpoint/page-commands.ts';
import { startServiceQuotas } from '../test/endpoint/service-quotas.ts';
import { StandInHub } from '../test/hub/support/stand-in-hub.ts';
import { runProgram } from '../test/support/python.ts';
import { freePort, serve } from '../test/support/serve.ts';
import { labLog, startDeployLab } from './deploy-lab.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MODEL = 'HuggingFaceH4/zephyr-7b-beta';
const ENDPOINT = 'zephyr-7b-beta';
const COMMAND_TIMEOUT_MS = 300_000;
const NUM_STREAMS = 1000;
const NUM_EVENTS = 500;

const { values: flags } = parseArgs({
  options: { show: { type: 'boolean', default: false }, from: { type: 'string' } },
});

type Environment = Readonly<Record<string, string>>;

let numPassed = 0;
let numFailed = 0;

async function check(name: string, body: () => Promise<void>): Promise<void> {
  const startMs = Date.now();
  try {
    await body();
    numPassed += 1;
    console.log(`PASS ${name} (${((Date.now() - startMs) / 1000).toFixed(1)} s)`);
  } catch (error) {
    numFailed += 1;
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

// Read by moto's server when it starts.
process.env.PYTHONPATH = join(ROOT, 'test/endpoint/moto');
const lab = await startDeployLab();
const folder = mkdtempSync(join(tmpdir(), 'parlance-zero-'));
const processes: ChildProcess[] = [];
const hub = await StandInHub.start(zephyr());
const quotas = await startServiceQuotas({ 'ml.g5.2xlarge for endpoint usage': 4 });
const server = await serve([], { JSON_OUTPUT: 'true' });
try {
  if (flags.from === undefined)
    await check(`Python loses nothing of ${NUM_EVENTS} events cut at random bytes, ${NUM_STREAMS} times`, checkPython);
  makeWorkplace();
  await runPage();
} finally {
  if (numFailed > 0) console.log(labLog(lab).slice(-3000));
  for (const process of processes) process.kill('SIGTERM');
  await Promise.all([server.stop(), hub.stop()]);
  quotas.close();
  lab.stop();
  rmSync(folder, { recursive: true });
}
console.log(`${numPassed} passed, ${numFailed} failed`);
process.exitCode = numFailed > 0 || numPassed === 0 ? 1 : 0;

/** The repository of the page's model, with the files of a tiny one. */
function zephyr() {
  const source = join(ROOT, 'test/fixtures/models/mistral-zephyr');
  const files = Object.fromEntries(readdirSync(source).map((name) => [name, readFileSync(join(source, name))]));
  const commit = 'a'.repeat(40);
  return { id: MODEL, commits: { [commit]: files }, branches: { main: commit } };
}

/** A folder with `parlance` on the path, as `npm link` puts it there, and the package for programs beside it. */
function makeWorkplace(): void {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules/parlance'));
  const program = `#!/bin/sh\nexec ${process.execPath} ${join(ROOT, 'bin/parlance.js')} "$@"\n`;
  writeFileSync(join(bin, 'parlance'), program, { mode: 0o755 });
  symlinkSync(join(ROOT, 'node_modules/aws-cdk'), join(folder, 'node_modules/aws-cdk'));
  mkdirSync(join(folder, 'node_modules/.bin'));
  symlinkSync(join(ROOT, 'node_modules/aws-cdk/bin/cdk'), join(folder, 'node_modules/.bin/cdk'));
}

async function runPage(): Promise<void> {
  const page = readPage(readFileSync(join(ROOT, 'docs/from-zero-to-an-endpoint.md'), 'utf8'));
  const firstSection = page[0]!.section;
  let environment = machineEnvironment();
  let { section } = page[0]!;
  let isOn = flags.from === undefined;
  for (const step of page) {
    if (section === firstSection && step.section !== section) environment = await awsEnvironment();
    section = step.section;
    isOn ||= section === flags.from;
    if (step.kind === 'file') writeFileSync(join(folder, step.name), step.text);
    else if (isOn) environment = await checkCommand(step.text, environment);
  }
}

/** @returns the environment that the command leaves */
async function checkCommand(text: string, environment: Environment): Promise<Environment> {
  let left = environment;
  await check(`$ ${text}`, async () => {
    if (text.startsWith('parlance gateway')) await startGateway(text, environment);
    else left = await runCommand(text, environment);
  });
  if (text === `parlance deploy ${MODEL}`)
    await check("the container's lines reach the log group of the stack", fillCloudWatch);
  return left;
}

/** Of a user who has no AWS. */
function machineEnvironment(): Environment {
  return { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder, TMPDIR: tmpdir() };
}

/** Of a user who is logged in to AWS. SageMaker's runtime is the gateway, whose endpoint is served by a server of this
 * script. */
async function awsEnvironment(): Promise<Environment> {
  const port = await freePort();
  await startGateway(`parlance gateway --port ${port} --endpoint ${ENDPOINT}=${server.base}`, machineEnvironment());
  const { CDK_DOCKER: _, HOME: __, PATH: ___, PYTHONPATH: ____, ...aws } = lab.environment;
  return {
    ...aws,
    ...machineEnvironment(),
    // podman keeps its images there.
    HOME: process.env.HOME ?? folder,
    CDK_DOCKER: join(ROOT, 'test/endpoint/docker.sh'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: `http://127.0.0.1:${port}`,
    AWS_ENDPOINT_URL_SERVICE_QUOTAS: quotas.url,
    HF_ENDPOINT: hub.endpoint,
    HF_HOME: join(folder, 'huggingface'),
  };
}

/** Runs the gateway in the background, and waits until it listens. @throws with what it printed, where it ends before */
async function startGateway(text: string, environment: Environment): Promise<void> {
  const child = spawn('bash', ['-c', `exec ${text}`], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  processes.push(child);
  let output = '';
  await new Promise<void>((listening, fail) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        output += data;
        if (output.includes('the gateway listens on')) listening();
      });
    child.once('close', (code) => fail(new Error(`${text} ended with ${code}:\n${output}`)));
  });
}

/** Runs one command in a shell. @returns the environment that it leaves @throws with its output, where it fails */
async function runCommand(text: string, environment: Environment): Promise<Environment> {
  const left = join(folder, 'environment.json');
  const keep = `${process.execPath} -e 'require("node:fs").writeFileSync("${left}", JSON.stringify(process.env))'`;
  const child = spawn('bash', ['-e', '-c', `${text}\n${keep}`], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: COMMAND_TIMEOUT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((ended) => child.once('close', ended));
  if (code !== 0) throw new Error(`ended with ${code}:\n${output.slice(-3000)}`);
  if (output.trim() === '' && !text.startsWith('export ')) throw new Error('it printed nothing');
  if (flags.show) console.log(output);
  return JSON.parse(readFileSync(left, 'utf8'));
}

/** Does what SageMaker does: the container's lines go to its log group, figures of them to CloudWatch. */
async function fillCloudWatch(): Promise<void> {
  const config = {
    endpoint: lab.environment.AWS_ENDPOINT_URL!,
    region: lab.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const lines = server.log().trim().split('\n');
  const stream = { logGroupName: `/aws/sagemaker/Endpoints/${ENDPOINT}`, logStreamName: 'AllTraffic/i-0123456789' };
  const logs = new CloudWatchLogsClient(config);
  await logs.send(new CreateLogStreamCommand(stream));
  const logEvents = lines.map((message) => ({ timestamp: Date.now(), message }));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  await new CloudWatchClient(config).send(
    new PutMetricDataCommand({
      Namespace: `Parlance/${ENDPOINT}`,
      MetricData: [1, 2, 3, 4, 5].map((minutes) => ({
        MetricName: 'TimeToFirstToken',
        Timestamp: new Date(Date.now() - minutes * 60_000),
        Value: 100 + minutes * 10,
        Unit: 'Milliseconds' as const,
      })),
    }),
  );
}

async function checkPython(): Promise<void> {
  const texts = Array.from({ length: NUM_EVENTS }, (_, index) => `${'aé語🦜'.slice(index % 3)} "\n\\${index}`);
  const events = texts.map((content) => ({ choices: [{ index: 0, delta: { content } }] }));
  const sse = `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`;
  let state = 1;
  const random = () => createHash('sha256').update(String(state++)).digest().readUInt32LE() / 2 ** 32;
  const { url, close } = await startRuntime((_, response) => {
    startEventStream(response);
    const parts = cutAnywhere(Buffer.from(sse), Math.floor(random() ** 3 * 240), random);
    response.end(Buffer.concat(parts.map(payloadPart)));
  });
  const file = join(folder, 'texts.json');
  writeFileSync(file, JSON.stringify(texts));
  const script = join(ROOT, 'test/endpoint/python/lost_events.py');
  const command = [join(lab.python, 'python'), script, join(ROOT, 'docs/clients.md'), String(NUM_STREAMS), file];
  const environment = { ...lab.environment, AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: url };
  const said = await runProgram(command, environment).finally(close);
  if (said !== `${NUM_STREAMS} streams of ${NUM_EVENTS} events\n`) throw new Error(`it said ${said}`);
}
