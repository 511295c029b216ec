/** Runs real clients against real servers, a script each, and counts their checks.
 * `--only WORD` picks the scripts whose name has the word; `--cases N` is how many cases schemathesis makes at least. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Gateways, openGateways } from '../test/support/gateways.ts';
import { serve } from '../test/support/serve.ts';
import { sharedFolder } from '../test/support/shared.ts';

const CLIENTS = resolve(import.meta.dirname, '../test/clients');
const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'parlance-tests');

/** The lock that a Python script runs with, where it is not clients.txt. */
const LOCKS: Readonly<Record<string, readonly string[]>> = {
  'text_generation_client.py': ['text-generation.txt'],
  'hub_inference.py': ['clients.txt', 'text-generation.txt'],
  'schemathesis_cases.py': ['schemathesis.txt'],
  'gateway_aws_cli.py': ['sagemaker.txt'],
  'gateway_boto3.py': ['sagemaker.txt'],
  'gateway_deploy.py': ['sagemaker.txt'],
  'gateway_docs.py': ['sagemaker.txt'],
  'gateway_openai.py': ['sagemaker.txt'],
  'gateway_sagemaker.py': ['sagemaker.txt'],
};

/** The folder of each model that the clients are run on, and its limits. */
const MODELS = {
  conformance: [join(sharedFolder(), 'conformance/model'), '960', '1024'],
  demo: [resolve(import.meta.dirname, '../demo-model'), '960', '1024'],
  /** For requests that are made by chance, whose answers are as long as may be. */
  short: [join(sharedFolder(), 'conformance/model'), '40', '48'],
} as const;

interface Script {
  readonly name: string;
  readonly command: readonly string[];
}

/** A folder in the cache named after the lock's hash, filled by `fill` on first use. */
function cached(name: string, lock: string, fill: (folder: string) => void): string {
  const folder = join(CACHE, `${name}-${createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 12)}`);
  const done = join(folder, '.complete');
  if (existsSync(done)) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  fill(folder);
  writeFileSync(done, '');
  return folder;
}

function python(lock: string): string {
  const path = join(CLIENTS, 'python', lock);
  const folder = cached(`clients-${lock.replace('.txt', '')}`, path, (into) => {
    const venv = join(into, 'venv');
    uv(['venv', '--quiet', venv]);
    uv(['pip', 'install', '--quiet', '--no-deps', '--python', join(venv, 'bin/python'), '-r', path]);
  });
  return join(folder, 'venv/bin/python');
}

/** Runs uv, which pip may have put where only Python finds it. */
function uv(args: readonly string[]): void {
  execFileSync('sh', ['-c', 'command -v uv >/dev/null && exec uv "$@" || exec python3 -m uv "$@"', 'uv', ...args], {
    stdio: 'inherit',
  });
}

/** The scripts of test/clients/node, copied beside the modules that its lock names. */
function nodeFolder(): string {
  const source = join(CLIENTS, 'node');
  const folder = cached('clients-node', join(source, 'package-lock.json'), (into) => {
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(source, file), join(into, file));
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: into, stdio: 'inherit' });
  });
  for (const file of filesIn('node', '.js')) cpSync(join(source, file), join(folder, file));
  return folder;
}

function filesIn(folder: string, ending: string): readonly string[] {
  return readdirSync(join(CLIENTS, folder)).filter((name) => name.endsWith(ending));
}

function scripts(only: string, cases: string): readonly Script[] {
  const isChosen = (name: string) => !name.startsWith('checks') && name.includes(only);
  const pythons = filesIn('python', '.py')
    .filter(isChosen)
    .flatMap((name) =>
      (LOCKS[name] ?? ['clients.txt']).map((lock) => ({
        name,
        command: [python(lock), join(CLIENTS, 'python', name), cases],
      })),
    );
  const nodes = filesIn('node', '.js').filter(isChosen);
  const folder = nodes.length > 0 ? nodeFolder() : '';
  return [...pythons, ...nodes.map((name) => ({ name, command: [process.execPath, join(folder, name)] }))];
}

/** Runs a script and relays its PASS and FAIL lines; what else it says is shown where it fails.
 * A script that ends early or without a check counts as one failure. */
async function runScript(
  { name, command }: Script,
  environment: Readonly<Record<string, string>>,
): Promise<{ passed: number; failed: number }> {
  const child: ChildProcess = spawn(command[0]!, command.slice(1), {
    env: { ...process.env, ...environment, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const counts = { passed: 0, failed: 0 };
  let said = '';
  child.stderr!.on('data', (data) => (said += data));
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('PASS ')) counts.passed += 1;
    else if (line.startsWith('FAIL ')) counts.failed += 1;
    else {
      said += `${line}\n`;
      return;
    }
    console.log(line);
  });
  const code = await new Promise((ended) => child.once('close', ended));
  const isBroken = counts.failed === 0 && (code !== 0 || counts.passed === 0);
  if (isBroken) console.log(`FAIL ${name}: ended with ${code} after ${counts.passed} checks`);
  if (isBroken || counts.failed > 0) console.log(said);
  return { ...counts, failed: counts.failed + (isBroken ? 1 : 0) };
}

const isOfGateway = ({ name }: Script) => name.startsWith('gateway');

function runsOn(script: Script, model: string): boolean {
  if (script.name.startsWith('schemathesis')) return model === 'short';
  return isOfGateway(script) ? model === 'conformance' : model !== 'short';
}

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, cases: { type: 'string', default: '2000' } },
});
const chosen = scripts(values.only, values.cases);
const total = { passed: 0, failed: 0 };
for (const [name, [folder, maxInput, maxTotal]] of Object.entries(MODELS)) {
  const ofModel = chosen.filter((script) => runsOn(script, name));
  if (ofModel.length === 0) continue;
  console.log(`model ${name}:`);
  const limits = ['--max-input-tokens', maxInput, '--max-total-tokens', maxTotal];
  const server = await serve(['--model-id', folder, ...limits, '--enable-prefill-logprobs']);
  const gateways: Gateways | undefined = ofModel.some(isOfGateway)
    ? await openGateways(server.base, folder)
    : undefined;
  for (const script of ofModel) {
    const { passed, failed } = await runScript(script, { BASE: server.base, ...gateways?.env });
    total.passed += passed;
    total.failed += failed;
  }
  await gateways?.stop();
  await server.stop();
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
