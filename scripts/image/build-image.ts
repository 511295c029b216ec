import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Builds a target of the Dockerfile under a name, as it is, with what this machine's network needs as secrets.
 * @throws with the end of what the build printed */
export async function buildImage(name: string, target: 'cpu' | 'gpu'): Promise<void> {
  const secrets = {
    ca: process.env.NODE_EXTRA_CA_CERTS ?? '',
    npmrc: join(homedir(), '.npmrc'),
    pip: join(homedir(), '.config/pip/pip.conf'),
  };
  const given = Object.entries(secrets).filter(([, path]) => existsSync(path));
  const args = [
    ...['build', '--format', 'docker', '--network', 'host', '--layers', '--target', target, '--tag', name],
    ...given.flatMap(([id, path]) => ['--secret', `id=${id},src=${path}`]),
    // What npm downloaded before is not downloaded again.
    ...['--volume', `${join(homedir(), '.npm')}:/root/.npm`],
    ROOT,
  ];
  const child = spawn('podman', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((ended) => child.once('close', ended));
  if (code !== 0) throw new Error(`the build of ${target} ended with ${code}:\n${output.slice(-4000)}`);
}
