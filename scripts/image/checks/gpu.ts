import assert from 'node:assert/strict';
import { check } from '../check.ts';
import { HOST_FLAGS, runContainer } from '../containers.ts';
import { podman } from '../podman.ts';

const FOLDER = '/opt/parlance/node_modules/onnxruntime-node/bin/napi-v6/linux/x64';
const LIBRARIES = [
  'libonnxruntime_providers_cuda.so',
  'libcublas.so.13',
  'libcublasLt.so.13',
  'libcudart.so.13',
  'libcurand.so.10',
];

/** The CUDA variant, as far as a machine without a GPU can tell. */
export async function checkGpu(image: string): Promise<void> {
  const inside = (command: string) => podman('run', '--rm', ...HOST_FLAGS, '--entrypoint', 'sh', image, '-c', command);

  await check('the CUDA provider lies beside ONNX Runtime, and finds all that it loads but the driver', () => {
    const present = inside(`ls ${FOLDER}`).split('\n');
    for (const library of LIBRARIES) assert.ok(present.includes(library), library);
    const unresolved = inside(`ldd ${FOLDER}/*.so* | grep 'not found' || true`);
    console.log(`     ${[...new Set(unresolved.split('\n').map((line) => line.trim()))].join(', ')}`);
    for (const line of unresolved.split('\n').filter((one) => one !== '')) assert.match(line, /libcuda\.so\.1/);
  });
  await check('it computes by CUDA unless told otherwise, and lists the wheels that it was made from', () => {
    const [{ Config, Size }] = JSON.parse(podman('image', 'inspect', image));
    console.log(`     ${(Size / 1e6).toFixed(0)} MB in all`);
    assert.ok(Config.Env.includes('EXECUTION_PROVIDER=cuda'));
    const names = JSON.parse(inside('cat cuda-sbom.cdx.json')).components.map(({ name }: { name: string }) => name);
    assert.deepEqual(names.sort(), ['nvidia-cublas', 'nvidia-cuda-runtime', 'nvidia-curand', 'onnxruntime-gpu']);
    assert.ok(inside('ls cuda-licences').includes('nvidia-cublas-'));
  });
  await check('without a driver it ends the start, and says why', async () => {
    const { code, stderr } = await runContainer({ image, env: { PORT: '8216' }, args: ['serve'] }).ended;
    console.log(`     ${stderr.trim()}`);
    assert.notEqual(code, 0);
    assert.match(stderr.trim().split('\n').at(-1)!, /^error: .*cuda/i);
  });
}
