/** Runs the acceptance calls against real servers: real clients, the calls as documents print them.
 * Arguments are handed to the kit's runner, such as `--only 002`. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGateway, serve, serveTls } from '../test/support/serve.ts';
import { sharedFolder } from '../test/support/shared.ts';

const shared = sharedFolder();
const kit = join(shared, 'acceptance');
const tlsFolder = mkdtempSync(join(tmpdir(), 'parlance-tls-'));
execFileSync('bash', [join(kit, 'make-certs.sh'), tlsFolder], { stdio: 'ignore' });

const pem = (name: string) => join(tlsFolder, `${name}.pem`);
const model = join(shared, 'conformance/model');
const flags = [
  ['--model-id', model],
  ['--max-input-tokens', '960'],
  ['--max-total-tokens', '1024'],
].flat();
const tls = [...flags, '--ssl-certfile', pem('server'), '--ssl-keyfile', pem('server.key')];
const mutualTls = [...tls, '--ssl-ca-certs', pem('ca'), '--ssl-require-client-cert', '--enable-prefill-logprobs'];

const servers = {
  '--base': await serve(flags),
  '--messages-base': await serve(flags, { MESSAGES_API_ENABLED: 'true' }),
  '--tls-base': await serveTls(tls),
  '--mtls-base': await serveTls(mutualTls),
};
const gateway = await openGateway([
  ...['--auth', 'off', '--endpoint', `demo=${servers['--base'].base}`],
  ...['--model', `HuggingFaceH4/zephyr-7b-beta=${model}`],
  ...['--model', `NousResearch/Nous-Hermes-2-Mixtral-8x7B-DPO=${model}`],
]);
const bases = Object.entries({ ...servers, '--gateway': gateway }).flatMap(([flag, { base }]) => [flag, base]);
const runner = spawn('python3', ['run.py', ...bases, '--tls-dir', tlsFolder, ...process.argv.slice(2)], {
  cwd: kit,
  stdio: 'inherit',
});
process.exitCode = await new Promise<number>((done) => runner.once('exit', (code) => done(code ?? 1)));
await gateway.stop();
await Promise.all(Object.values(servers).map(({ stop }) => stop()));
rmSync(tlsFolder, { recursive: true });
