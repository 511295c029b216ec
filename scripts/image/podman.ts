import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Outside the repository, kept from run to run. */
export const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'parlance-tests');

const PACKAGES = ['podman', 'buildah', 'runc', 'mmdebstrap', 'ca-certificates'];
const ATTEMPTS = 4;

/** Installs podman and what builds the base, where they are missing. @throws where apt can't */
export function installPodman(): void {
  const isThere = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
  if (['podman', 'buildah', 'runc', 'mmdebstrap'].every(isThere)) return;
  const apt = (...args: string[]) =>
    execFileSync('apt-get', ['-qq', '-o', 'Acquire::Retries=5', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  persistently('installing podman', () => {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...PACKAGES);
  });
}

/** Tries again what a network may fail. */
export function persistently(what: string, act: () => void): void {
  for (let attempt = 1; ; attempt++) {
    try {
      act();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      console.log(`${what}: attempt ${attempt} failed, ${error instanceof Error ? error.message : error}`);
      spawnSync('sleep', [String(attempt * 5)]);
    }
  }
}

/** Gives podman settings and storage of its own. crun fails where control groups are mixed, and so do the default limits
 * in a container: runc, and limits that are certainly allowed. @throws where podman can't run */
export function configurePodman(): void {
  const folder = join(CACHE, 'podman');
  const runFolder = join(tmpdir(), 'parlance-podman');
  for (const path of [folder, runFolder]) mkdirSync(path, { recursive: true });
  const settings = join(folder, 'containers.conf');
  const storage = join(folder, 'storage.conf');
  writeFileSync(
    settings,
    `[containers]
default_ulimits = ["nofile=20000:20000", "nproc=32768:32768"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
`,
  );
  process.env.CONTAINERS_CONF = settings;
  process.env.CONTAINERS_STORAGE_CONF = storage;
  for (const driver of ['overlay', 'vfs']) {
    const graph = join(folder, driver);
    writeFileSync(storage, `[storage]\ndriver = "${driver}"\ngraphroot = "${graph}"\nrunroot = "${runFolder}"\n`);
    const { status, stderr } = spawnSync('podman', ['info'], { encoding: 'utf8' });
    if (status === 0) {
      console.log(`podman keeps its images in ${graph}`);
      return;
    }
    console.log(`podman can't use ${driver}: ${stderr.trim()}`);
  }
  throw new Error('podman does not run on this machine');
}

/** Runs podman and gives what it prints. @throws with what it printed to stderr */
export function podman(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('podman', args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`podman ${args.join(' ')} ended with ${status}: ${stderr.trim()}`);
  return stdout.trim();
}

export function hasImage(name: string): boolean {
  return spawnSync('podman', ['image', 'exists', name]).status === 0;
}
