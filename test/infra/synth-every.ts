/** Synthesises every setting that the tests know into CDK_OUTDIR, for tools that read templates. */
import { createApp } from '../../infra/create-app.ts';
import { everySetting } from './support.ts';

createApp({ endpoints: Object.values(everySetting) }).synth();
