import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { lockedEnvironment } from '../test/support/python.ts';
import { freePort } from '../test/support/serve.ts';

const INFRA_TESTS = resolve(import.meta.dirname, '../test/infra');
const ACCOUNT = '123456789012';
const REGION = 'us-east-1';

/** Stand-ins for AWS on this machine, and a folder to run cdk in. */
export interface DeployLab {
  readonly folder: string;
  /** Host and port of the container registry that stands for ECR. */
  readonly registry: string;
  readonly account: string;
  readonly region: string;
  /** Of programs that shall talk to the stand-ins. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder of Python's programs: boto3, cfn-lint. */
  readonly python: string;
  stop(): void;
}

/** Installs what is missing (podman and docker-registry by apt, moto by pip), and starts moto's server and a registry on
 * loopback. */
export async function startDeployLab(): Promise<DeployLab> {
  installPrograms({ podman: 'podman', runc: 'runc', 'docker-registry': 'docker-registry' });
  const python = lockedEnvironment('infra', join(INFRA_TESTS, 'python/requirements.txt'));
  const folder = mkdtempSync(join(tmpdir(), 'parlance-deploy-'));
  const [awsPort, registryPort] = [await freePort(), await freePort()];
  const registry = `127.0.0.1:${registryPort}`;
  const processes = [
    start(folder, join(python, 'moto_server'), ['--host', '127.0.0.1', '--port', String(awsPort)]),
    start(folder, 'docker-registry', ['serve', registryConfig(folder, registry)]),
  ];
  // The SDKs put bucket names before a host that isn't localhost.
  const endpoint = `http://localhost:${awsPort}`;
  await Promise.all([answers(`http://127.0.0.1:${awsPort}/moto-api/`), answers(`http://${registry}/v2/`)]);
  return {
    folder,
    registry,
    account: ACCOUNT,
    region: REGION,
    python,
    environment: {
      ...environmentWithoutAws(),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      CDK_DOCKER: join(INFRA_TESTS, 'docker.sh'),
      LOOPBACK_REGISTRY: registry,
      CONTAINERS_CONF: containersConfig(folder),
    },
    stop() {
      for (const process of processes) process.kill('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A user's own credentials and endpoints must not leak in. */
function environmentWithoutAws(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']));
}

/** @param packages Debian's package by the program that it brings */
function installPrograms(packages: Readonly<Record<string, string>>): void {
  const missing = Object.entries(packages)
    .filter(([program]) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0)
    .map(([, name]) => name);
  if (missing.length === 0) return;
  execFileSync('apt-get', ['-o', 'Acquire::Retries=5', 'update', '-q'], { stdio: 'ignore' });
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function start(folder: string, program: string, args: readonly string[]): ChildProcess {
  const log = openSync(join(folder, 'stand-ins.log'), 'a');
  return spawn(program, args, { stdio: ['ignore', log, log] });
}

function registryConfig(folder: string, address: string): string {
  const file = join(folder, 'registry.yml');
  const root = join(folder, 'registry');
  mkdirSync(root);
  const settings = { version: '0.1', storage: { filesystem: { rootdirectory: root } }, http: { addr: address } };
  writeFileSync(file, JSON.stringify(settings));
  return file;
}

/** Where podman runs inside a container, crun and the usual limits fail. */
function containersConfig(folder: string): string {
  const file = join(folder, 'containers.conf');
  const ulimits = 'default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]';
  writeFileSync(file, `[containers]\n${ulimits}\n[engine]\nruntime = "runc"\n`);
  return file;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await fetch(url).catch(() => undefined);
    if (response) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${url} did not answer within a minute`);
}

/** What the stand-ins said, for a failure's report. */
export function labLog({ folder }: DeployLab): string {
  return readFileSync(join(folder, 'stand-ins.log'), 'utf8');
}
