/** Builds the image as the Dockerfile says, and starts containers of it as SageMaker and others do. podman stands in for
 * the engine, and a Debian with Node for the base, where no registry is there to give it.
 * `--gpu` builds and looks into the CUDA variant instead; `--only WORD` runs the groups whose name has the word. */
import { parseArgs } from 'node:util';
import { ensureBaseImage } from './image/base-image.ts';
import { buildImage } from './image/build-image.ts';
import { check, report } from './image/check.ts';
import { checkContents } from './image/checks/contents.ts';
import { checkDocumented } from './image/checks/documented.ts';
import { checkEnvironments } from './image/checks/environments.ts';
import { checkFailures } from './image/checks/failures.ts';
import { checkGpu } from './image/checks/gpu.ts';
import { checkDrain, checkMessagesApi, checkServing } from './image/checks/serving.ts';
import { removeContainers } from './image/containers.ts';
import { configurePodman, installPodman } from './image/podman.ts';

const CPU = {
  contents: checkContents,
  serving: checkServing,
  messages: checkMessagesApi,
  drain: checkDrain,
  failures: checkFailures,
  environments: checkEnvironments,
  documented: checkDocumented,
};

const { values } = parseArgs({
  options: { gpu: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});
const target = values.gpu ? 'gpu' : 'cpu';
const image = `localhost/parlance-test:${target}`;
const groups = values.gpu ? { gpu: checkGpu } : CPU;

let isBuilt = false;
await check('podman runs, and the base is there', () => {
  installPodman();
  configurePodman();
  ensureBaseImage();
});
await check(`the Dockerfile builds, target ${target}`, async () => {
  await buildImage(image, target);
  isBuilt = true;
});
if (isBuilt) {
  for (const [name, run] of Object.entries(groups)) if (name.includes(values.only)) await run(image);
  removeContainers();
}
process.exitCode = report() ? 0 : 1;
