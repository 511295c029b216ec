/** Runs the acceptance calls against real servers: real clients, the calls as documents print them.
 * Arguments are handed to the kit's runner, such as `--only 002`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { serve } from '../test/support/serve.ts';
import { sharedFolder } from '../test/support/shared.ts';

/** Calls that need what is not served yet: TLS, the gateway. */
const GROUPS = ['http', 'messages-flag'];

const shared = sharedFolder();
const flags = [
  ['--model-id', join(shared, 'conformance/model')],
  ['--max-input-tokens', '960'],
  ['--max-total-tokens', '1024'],
].flat();

const [plain, messages] = await Promise.all([serve(flags), serve(flags, { MESSAGES_API_ENABLED: 'true' })]);
const chosen = process.argv.length > 2 ? process.argv.slice(2) : ['--only', GROUPS.join(',')];
const args = ['run.py', '--base', plain.base, '--messages-base', messages.base, ...chosen];
const runner = spawn('python3', args, { cwd: join(shared, 'acceptance'), stdio: 'inherit' });
process.exitCode = await new Promise<number>((done) => runner.once('exit', (code) => done(code ?? 1)));
await Promise.all([plain.stop(), messages.stop()]);
