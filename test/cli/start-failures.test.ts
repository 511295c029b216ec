import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIXTURES, runParlance } from './support/run-parlance.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlance-start-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

function spoiled(spoil: (model: string) => void): string {
  const model = mkdtempSync(join(folder, 'model-'));
  cpSync(join(FIXTURES, 'llama3-tied'), model, { recursive: true });
  spoil(model);
  return model;
}

describe('a start that can not go on ends with exit code 1 and one line', () => {
  it.each([
    ['for a bad value of a flag', ['--port', '99999'], {}, 'error: --port 99999 is not an integer from 0 to 65535\n'],
    ['for a bad value of a variable', [], { PORT: '8o80' }, 'error: PORT=8o80 is not an integer from 0 to 65535\n'],
    [
      'for a contradiction',
      ['--max-input-tokens', '9'],
      { MAX_TOTAL_TOKENS: '9' },
      'error: --max-input-tokens 9 must be less than MAX_TOTAL_TOKENS=9\n',
    ],
    [
      'for a setting that is refused',
      ['--quantize', 'fp8'],
      {},
      expect.stringMatching(/^error: --quantize fp8 is refused: [^\n]+\n$/),
    ],
    ['for an empty API key', ['--api-key', ''], {}, 'error: --api-key "" is not a text of at least one character\n'],
    [
      'for a model that is not there',
      ['--model-id', './absent'],
      {},
      'error: --model-id ./absent: there is no such folder\n',
    ],
    [
      'for a certificate that is not there',
      ['--ssl-certfile', '/absent.pem', '--ssl-keyfile', '/absent.key'],
      {},
      expect.stringMatching(/^error: --ssl-certfile \/absent\.pem can't be read: [^\n]+\n$/),
    ],
  ])('%s', async (_, flags, env, stderr) => {
    expect(await runParlance(['serve', ...flags], { env: { PORT: '0', ...env } })).toMatchObject({ code: 1, stderr });
  });

  it('for a flag that does not exist, with the one that was meant', async () => {
    const { code, stderr } = await runParlance(['serve', '--modle-id', 'x']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "error: unknown option '--modle-id'\n(Did you mean --model-id?)\n",
    });
  });

  it('for a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    const { code, stderr } = await runParlance(['serve', '--hostname', '127.0.0.1', '--port', String(port)]);
    other.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^error: can't serve on 127\\.0\\.0\\.1:${port}: [^\\n]*EADDRINUSE[^\\n]*\\n$`));
  });

  it.each([
    [
      'of an architecture that is not served',
      (model: string) => {
        const file = join(model, 'config.json');
        const config = JSON.parse(readFileSync(file, 'utf8'));
        writeFileSync(file, JSON.stringify({ ...config, architectures: ['NoSuchForCausalLM'] }));
      },
      /^error: \S+config\.json: architectures is \["NoSuchForCausalLM"\][^\n]+\n$/,
    ],
    [
      'whose weights are cut short',
      (model: string) => truncateSync(join(model, 'model.safetensors'), 50_000),
      /^error: \S+model\.safetensors [^\n]*truncated[^\n]*\n$/,
    ],
    [
      'without a tokenizer',
      (model: string) => rmSync(join(model, 'tokenizer.json')),
      /^error: [^\n]*tokenizer\.json[^\n]*\n$/,
    ],
  ])('for a model %s', async (_, spoil, message) => {
    const model = spoiled(spoil);
    const { code, stderr } = await runParlance(['serve', '--model-id', model, '--port', '0']);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  });

  it('for a broken tokenizer, before any weight is read', async () => {
    const model = spoiled((folder) => truncateSync(join(folder, 'tokenizer.json'), 100));
    const { code, stdout, stderr } = await runParlance(['serve', '--model-id', model, '--port', '0']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^error: \S+tokenizer\.json [^\n]+\n$/),
    });
    expect(stdout).not.toMatch(/loading the weights/);
  });
});
