/** Downloads the wheels that container/cuda-wheels.txt pins by hash, and takes from them what the CUDA provider loads:
 *   node unpack-cuda.ts cuda-wheels.txt OUT
 * makes OUT/lib, OUT/licences and OUT/sbom.cdx.json. Fails where a library would not be found at run time. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Of each wheel; whatever else is in there stays there. */
const LIBRARIES = [
  'libonnxruntime_providers_cuda.so',
  'libonnxruntime_providers_shared.so',
  'libcublas.so.13',
  'libcublasLt.so.13',
  'libcudart.so.13',
  'libcurand.so.10',
];
/** The driver's, which the container's runtime brings from the host. */
const FROM_HOST = 'libcuda.so.1';
const PLATFORMS = ['manylinux_2_28_x86_64', 'manylinux_2_27_x86_64', 'manylinux2014_x86_64'];

const [lock, out] = process.argv.slice(2);
if (lock === undefined || out === undefined) throw new Error('give cuda-wheels.txt and a folder');
const wheels = join(out, 'wheels');
const libraries = join(out, 'lib');
const licences = join(out, 'licences');
for (const folder of [wheels, libraries, licences]) mkdirSync(folder, { recursive: true });

const run = (command: string, args: readonly string[]) => execFileSync(command, args, { encoding: 'utf8' });

function download(): void {
  const platforms = PLATFORMS.flatMap((platform) => ['--platform', platform]);
  const python = ['--python-version', '3.12', '--implementation', 'cp', '--abi', 'cp312', '--abi', 'none'];
  const pinned = ['--require-hashes', '--no-deps', '--only-binary', ':all:'];
  const retries = ['--retries', '5', '--progress-bar', 'off'];
  const args = ['download', ...retries, ...pinned, ...platforms, ...python, '-d', wheels, '-r', lock!];
  execFileSync('python3', ['-m', 'pip', ...args], { stdio: 'inherit' });
}

function unpack(wheel: string): void {
  const path = join(wheels, wheel);
  const names = run('unzip', ['-Z1', path]).trim().split('\n');
  const wanted = names.filter((name) => LIBRARIES.includes(basename(name)));
  run('unzip', ['-qjo', path, ...wanted, '-d', libraries]);
  const texts = names.filter((name) => /^(licen[cs]e|thirdpartynotices)/i.test(basename(name)));
  run('unzip', ['-qjo', path, ...texts, '-d', join(licences, nameAndVersion(wheel).join('-'))]);
}

function nameAndVersion(wheel: string): [name: string, version: string] {
  const [name, version] = wheel.split('-');
  return [name!.replaceAll('_', '-'), version!];
}

function writeSbom(files: readonly string[]): void {
  const hashes = new Map(
    [...readFileSync(lock!, 'utf8').matchAll(/^(\S+)==(\S+) --hash=sha256:(\S+)$/gm)].map(([, name, , hash]) => [
      name,
      hash,
    ]),
  );
  const components = files.map((file) => {
    const [name, version] = nameAndVersion(file);
    const purl = `pkg:pypi/${name}@${version}`;
    return {
      type: 'library',
      'bom-ref': purl,
      name,
      version,
      purl,
      hashes: [{ alg: 'SHA-256', content: hashes.get(name) }],
    };
  });
  const sbom = { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components };
  writeFileSync(join(out!, 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
}

function checkLinks(): void {
  const missing = LIBRARIES.filter((name) => !readdirSync(libraries).includes(name));
  if (missing.length > 0) throw new Error(`no wheel has ${missing.join(', ')}`);
  process.env.LD_LIBRARY_PATH = libraries;
  for (const library of LIBRARIES) {
    const unresolved = run('ldd', [join(libraries, library)])
      .split('\n')
      .filter((line) => line.includes('not found') && !line.includes(FROM_HOST));
    if (unresolved.length > 0) throw new Error(`${library} needs what is not there:\n${unresolved.join('\n')}`);
  }
}

download();
const files = readdirSync(wheels);
files.forEach(unpack);
writeSbom(files);
rmSync(wheels, { recursive: true });
checkLinks();
