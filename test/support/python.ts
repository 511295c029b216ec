import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A Python environment with pinned packages, made on first use and kept for the next run.
 * @returns its `bin` folder */
export function pythonEnvironment(name: string, packages: readonly string[]): string {
  return installed(name, packages);
}

/** The same from a lock file with hashes; a changed lock makes another environment. */
export function lockedEnvironment(name: string, lock: string): string {
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex').slice(0, 12);
  return installed(`${name}-${hash}`, ['--no-deps', '--require-hashes', '-r', lock]);
}

function installed(name: string, whatToInstall: readonly string[]): string {
  const folder = join(homedir(), '.cache/parlance-tests', name);
  const bin = join(folder, 'bin');
  const done = join(folder, '.complete');
  if (existsSync(done)) return bin;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, '..'), { recursive: true });
  const [uv, ...args] = findUv();
  execFileSync(uv!, [...args, 'venv', '--quiet', folder]);
  execFileSync(uv!, [...args, 'pip', 'install', '--quiet', '--python', join(bin, 'python'), ...whatToInstall]);
  writeFileSync(done, whatToInstall.join('\n'));
  return bin;
}

function findUv(): readonly string[] {
  const asModule = ['python3', '-m', 'uv'];
  const found = [['uv'], asModule].find(
    ([command, ...args]) => spawnSync(command!, [...args, '--version'], { stdio: 'ignore' }).status === 0,
  );
  if (found !== undefined) return found;
  execFileSync('python3', ['-m', 'pip', 'install', '--quiet', 'uv']);
  return asModule;
}

/** Runs a program and gives what it prints. @throws with what it printed to stderr, where it fails */
export async function runProgram(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(command[0]!, command.slice(1), { env: { PATH: process.env.PATH, ...environment } });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data) => (output += data));
  child.stderr.on('data', (data) => (errors += data));
  const code = await new Promise((ended) => child.once('close', ended));
  if (code !== 0) throw new Error(`${command[0]} ended with ${code}:\n${errors}`);
  return output;
}
