/** Deploys endpoints by the real cdk against stand-ins for AWS, asks the services what is there, and destroys them.
 * What moto leaves out is known by name, and template assertions cover it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runProgram } from '../test/support/python.ts';
import { labLog, startDeployLab } from './deploy-lab.ts';

const ROOT = resolve(import.meta.dirname, '..');
const CDK_TIMEOUT_MS = 300_000;
const STACK = 'parlance-zephyr-7b-beta';
const ENDPOINT = 'zephyr-7b-beta';

/** What moto makes nothing of, silently. docs/deployment.md says the same. */
const SKIPPED = ['AWS::CloudWatch::Alarm', 'AWS::Logs::MetricFilter'];

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

type Description = Readonly<Record<string, unknown[]>> & { readonly stack: { StackStatus: string } | null };

let numPassed = 0;
let numFailed = 0;
const lab = await startDeployLab();

/** Runs a check, and says how it went. */
async function check(name: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
    numPassed += 1;
    console.log(`PASS ${name}`);
  } catch (error) {
    numFailed += 1;
    console.log(`FAIL ${name}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

try {
  await checks();
} finally {
  if (numFailed > 0) console.log(labLog(lab).slice(-4000));
  lab.stop();
}
console.log(`${numPassed} passed, ${numFailed} failed`);
process.exitCode = numFailed > 0 || numPassed === 0 ? 1 : 0;

async function checks(): Promise<void> {
  await check('cdk synth: the one command of the README, offline and without credentials', async () => {
    const template = await cdk(
      ['synth', '--quiet', '-c', 'modelId=HuggingFaceH4/zephyr-7b-beta', '--output', join(lab.folder, 'offline')],
      {
        cwd: ROOT,
        environment: { PATH: process.env.PATH ?? '', HOME: lab.folder },
      },
    );
    assert.match(template, /Cost: about \$1,106 a month/);
    assert.match(template, /Fit into ml\.g5\.2xlarge: not checked/);
    assert.deepEqual(
      templates('offline').map(([name]) => name),
      [STACK],
    );
  });
  writeProject();
  await check('cdk bootstrap', async () => {
    await cdk(['bootstrap', `aws://${lab.account}/${lab.region}`]);
  });
  await check('cdk deploy', async () => {
    await cdk(['deploy', '--all', '--require-approval', 'never']);
    assert.equal((await describe()).stack?.StackStatus, 'CREATE_COMPLETE');
  });
  await check('the image lies in the registry under the tag that the model names', async () => {
    const [model] = (await describe())['AWS::SageMaker::Model'] as { PrimaryContainer: { Image: string } }[];
    const [, repository, tag] = /^[^/]+\/(.+):(.+)$/.exec(model!.PrimaryContainer.Image)!;
    const response = await fetch(`http://${lab.registry}/v2/${repository}/manifests/${tag}`, {
      headers: {
        accept: 'application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json',
      },
    });
    assert.equal(response.status, 200);
    const manifest = (await response.json()) as { layers: unknown[] };
    assert.equal(manifest.layers.length, 1);
  });
  await check('SageMaker describes the model, the configuration and the endpoint as they were asked for', async () => {
    const found = await describe();
    assertHas(found['AWS::SageMaker::Model'], [
      { PrimaryContainer: { Environment: { HF_MODEL_ID: 'HuggingFaceH4/zephyr-7b-beta', JSON_OUTPUT: 'true' } } },
    ]);
    assertHas(found['AWS::SageMaker::EndpointConfig'], [
      {
        ProductionVariants: [
          {
            VariantName: 'AllTraffic',
            InstanceType: 'ml.c5.xlarge',
            InitialInstanceCount: 1,
            ContainerStartupHealthCheckTimeoutInSeconds: 300,
            ModelDataDownloadTimeoutInSeconds: 900,
            RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' },
          },
        ],
      },
    ]);
    assertHas(found['AWS::SageMaker::Endpoint'], [{ EndpointStatus: 'InService' }]);
  });
  await check('the role, the log group with its retention, and the dashboard are there', async () => {
    const found = await describe();
    assertHas(found['AWS::IAM::Role'], [
      { trust: { Statement: [{ Principal: { Service: 'sagemaker.amazonaws.com' } }] } },
    ]);
    assertHas(found['AWS::Logs::LogGroup'], [
      { logGroupName: `/aws/sagemaker/Endpoints/${ENDPOINT}`, retentionInDays: 30 },
    ]);
    assert.deepEqual(found['AWS::CloudWatch::Dashboard'], [`parlance-${ENDPOINT}`]);
  });
  await check('moto skips what the documentation says, and no more', async () => {
    const found = await describe();
    const types = new Set(
      templates('cdk.out').flatMap(([, { Resources }]) => Object.values(Resources).map(({ Type }) => Type)),
    );
    const skipped = [...types].filter((type) => type !== 'AWS::IAM::Policy' && found[type]?.length === 0);
    assert.deepEqual(skipped.sort(), SKIPPED);
    const page = readFileSync(join(ROOT, 'docs/deployment.md'), 'utf8');
    for (const type of SKIPPED) assert.ok(page.includes(`\`${type}\``), `docs/deployment.md doesn't name ${type}`);
  });
  await check('the container reads the Hub token that the role may read', async () => {
    const code = `import boto3; boto3.client('secretsmanager').create_secret(Name='parlance/hf', SecretString='hf_abc')`;
    await runProgram([join(lab.python, 'python'), '-c', code], lab.environment);
    const module = pathToFileURL(join(ROOT, 'src/hub/read-secret.ts')).href;
    const script = `const { readSecret } = await import('${module}'); console.log(await readSecret('parlance/hf', process.env))`;
    const node = [process.execPath, '--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script];
    assert.equal((await runProgram(node, lab.environment)).trim(), 'hf_abc');
  });
  await check('cfn-lint finds no error in the templates of every setting', async () => {
    const folder = join(lab.folder, 'every');
    const script = join(ROOT, 'test/infra/synth-every.ts');
    const node = [process.execPath, '--import', import.meta.resolve('tsx'), script];
    await runProgram(node, { ...lab.environment, CDK_OUTDIR: folder });
    const files = templates('every').map(([stack]) => join(folder, `${stack}.template.json`));
    assert.ok(files.length >= 7);
    await runProgram([join(lab.python, 'cfn-lint'), '--non-zero-exit-code', 'error', '--', ...files], lab.environment);
  });
  await check('cdk destroy', async () => {
    await cdk(['destroy', '--all', '--force']);
    const { stack, ...found } = await describe();
    assert.notEqual(stack?.StackStatus, 'CREATE_COMPLETE');
    assert.deepEqual(
      Object.entries(found).filter(([, resources]) => resources.length > 0),
      [],
    );
  });
}

/** A project as a user's: parlance.config.ts beside cdk.json. moto knows no ml.g5, so a CPU type stands in. */
function writeProject(): void {
  const app = `node --import ${import.meta.resolve('tsx')} ${join(ROOT, 'infra/app.ts')}`;
  writeFileSync(join(lab.folder, 'cdk.json'), JSON.stringify({ app }));
  const image = { kind: 'asset', folder: join(ROOT, 'test/infra/image') };
  const endpoint = {
    model: { kind: 'hub', id: 'HuggingFaceH4/zephyr-7b-beta' },
    instanceType: 'ml.c5.xlarge',
    image,
  };
  const config = JSON.stringify({ account: lab.account, region: lab.region, endpoints: [endpoint] });
  const from = JSON.stringify(join(ROOT, 'infra/define-config.ts'));
  writeFileSync(
    join(lab.folder, 'parlance.config.ts'),
    `import { defineConfig } from ${from};\nexport default defineConfig(${config});\n`,
  );
}

/** Holds what was found to the given part of it. */
function assertHas(found: unknown, part: unknown, path = 'found'): void {
  const what = `${path} is ${JSON.stringify(found)}`;
  if (typeof part !== 'object' || part === null) {
    assert.deepEqual(found, part, what);
    return;
  }
  assert.ok(typeof found === 'object' && found !== null, what);
  if (Array.isArray(part)) assert.equal(Object(found).length, part.length, what);
  for (const [key, value] of Object.entries(part)) assertHas(Object(found)[key], value, `${path}.${key}`);
}

interface CdkPlace {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** @returns what it printed @throws with that, where it fails or takes too long */
async function cdk(
  args: readonly string[],
  { cwd, environment }: CdkPlace = { cwd: lab.folder, environment: lab.environment },
): Promise<string> {
  const child = spawn(join(ROOT, 'node_modules/.bin/cdk'), args, {
    cwd,
    env: { ...environment, CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: CDK_TIMEOUT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((ended) => child.once('close', ended));
  if (code !== 0) throw new Error(`cdk ${args[0]} ended with ${code}:\n${output.slice(-3000)}`);
  return output;
}

async function describe(): Promise<Description> {
  const script = join(ROOT, 'test/infra/python/describe.py');
  return JSON.parse(await runProgram([join(lab.python, 'python'), script, STACK, ENDPOINT], lab.environment));
}

function templates(folder: string): readonly (readonly [stack: string, template: Template])[] {
  const ending = '.template.json';
  return readdirSync(join(lab.folder, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => [name.slice(0, -ending.length), JSON.parse(readFileSync(join(lab.folder, folder, name), 'utf8'))]);
}
