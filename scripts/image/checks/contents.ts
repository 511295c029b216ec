import assert from 'node:assert/strict';
import { baseImage } from '../base-image.ts';
import { check } from '../check.ts';
import { HOST_FLAGS } from '../containers.ts';
import { podman } from '../podman.ts';

const MAX_OVER_BASE_MB = 350;

/** What is in the image, and what isn't. */
export async function checkContents(image: string): Promise<void> {
  const inside = (command: string) => podman('run', '--rm', ...HOST_FLAGS, '--entrypoint', 'sh', image, '-c', command);
  const size = (name: string) => Number(podman('image', 'inspect', '--format', '{{.Size}}', name)) / 1e6;

  await check('the image weighs at most 350 MB more than its base', () => {
    const over = size(image) - size(baseImage());
    console.log(`     ${over.toFixed(0)} MB over a base of ${size(baseImage()).toFixed(0)} MB`);
    assert.ok(over <= MAX_OVER_BASE_MB, `${over} MB`);
  });

  await check('it starts Node itself, serves without arguments, and says so to SageMaker by its labels', () => {
    const [{ Config, Healthcheck }] = JSON.parse(podman('image', 'inspect', image));
    assert.deepEqual(Config.Entrypoint, ['node', '/opt/parlance/container/entry.js']);
    assert.deepEqual(Config.Cmd, ['serve']);
    assert.ok('8080/tcp' in Config.ExposedPorts);
    assert.equal(Config.Labels['com.amazonaws.sagemaker.capabilities.accept-bind-to-port'], 'true');
    assert.equal(Config.Labels['org.opencontainers.image.licenses'], 'Apache-2.0');
    assert.deepEqual(Healthcheck.Test.slice(0, 2), ['CMD', 'node']);
  });

  await check('it lists its packages, with their licences, and holds those that it lists', () => {
    const sbom = JSON.parse(inside('cat sbom.cdx.json'));
    const names = new Set(
      sbom.components.map(({ group, name }: { group?: string; name: string }) => (group ? `${group}/${name}` : name)),
    );
    for (const name of ['koa', 'onnxruntime-node', 'tokenizers', '@aws-sdk/client-s3'])
      assert.ok(names.has(name), name);
    const licences = inside('cat THIRD-PARTY-LICENCES.txt');
    for (const { name, version } of sbom.components) {
      if (/-(darwin|win32|android|freebsd|openbsd|musl|linux-(?!x64))/.test(name)) continue;
      assert.ok(licences.includes(`${name} ${version}: `), `${name} ${version}`);
    }
    const installed = inside('ls node_modules node_modules/@*').split('\n');
    for (const name of ['typescript', 'jest', 'aws-cdk', 'aws-cdk-lib', 'client-sagemaker', 'client-cloudformation'])
      assert.ok(!installed.includes(name), name);
  });

  await check('it carries no other platform’s libraries, no secrets, no caches', () => {
    assert.equal(
      inside(
        'find node_modules -name "*.node" -o -name "*.so" -o -name "*.so.[0-9]*" -o -name "*.dll" -o -name "*.dylib" | grep -vE "linux.(x64|arm64)" | wc -l',
      ),
      '0',
    );
    assert.equal(
      inside(
        'find / -xdev -name .npmrc -not -path "/usr/*" -o -path "/run/secrets/*" -type f -o -path "/root/.npm/*" -type f | wc -l',
      ),
      '0',
    );
    assert.equal(inside('find /opt/parlance ! -perm -o=r | wc -l'), '0');
  });
}
