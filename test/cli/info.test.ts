import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { commit, setUpHub, temporaryFolder } from '../hub/support/hub-setup.ts';
import { FIXTURES, runParlance } from './support/run-parlance.ts';

const model = join(FIXTURES, 'llama3-tied');
const asWritten = (stdout: string) => stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' '));

describe('parlance info', () => {
  it('says what a model is and what it takes, for each way to keep its weights', async () => {
    const { code, stdout, stderr } = await runParlance(['info', model]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const fits = 'fits with 20480 tokens in all, 256 of a sequence';
    const lines = asWritten(stdout);
    expect(lines.filter((line) => !line.startsWith('memory '))).toEqual([
      `model ${model}`,
      `folder ${model}`,
      'architecture LlamaForCausalLM (family llama)',
      'shape 2 layers of 48, 3 heads on 1 of keys and values, vocabulary 600',
      'positions 256',
      'parameters 82.8K (162 KiB of BF16)',
      'KV cache 256 B a token, 64 KiB for 256 positions',
      ` float32 323 KiB of weights and 56.3 KiB of mapped embeddings: ${fits}`,
      expect.stringMatching(/^ int8 132 KiB of weights and 56\.3 KiB/),
      expect.stringMatching(/^ int4 132 KiB of weights and 56\.3 KiB/),
      expect.stringMatching(/^ w8a8 8\d(\.\d)? KiB of weights and 56\.3 KiB/),
      'chat templates: default',
      'can be served yes',
      '',
    ]);
    expect(lines.find((line) => line.startsWith('memory '))).toMatch(/^memory the .*, \d.* has \d.* left$/);
  });

  it('says it for programs with --json, the way that was asked for first', async () => {
    const { stdout } = await runParlance(['info', '--json', '--quantize', 'int4', model]);
    const { memory, ...rest } = JSON.parse(stdout);
    expect(rest).toMatchObject({
      id: model,
      canBeServed: true,
      isDownloaded: true,
      family: 'llama',
      numParameters: 82_800,
      storedBytes: { BF16: 165_600 },
      problems: [],
    });
    expect(memory.kvBytesPerToken).toBe(256);
    expect(memory.modes.map(({ quantize }: { quantize: string | null }) => quantize)).toEqual([
      'int4',
      null,
      'int8',
      'w8a8',
    ]);
    expect(memory.modes[1]).toMatchObject({ weights: 'float32', weightBytes: 331_200, mappedBytes: 57_600 });
  });

  it('takes the model from the environment as serve does', async () => {
    const { stdout } = await runParlance(['info', '--json'], { env: { HF_MODEL_ID: join(FIXTURES, 'qwen3') } });
    expect(JSON.parse(stdout)).toMatchObject({ architecture: 'Qwen3ForCausalLM' });
  });

  it('says all that keeps a model from being served', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parlance-info-'));
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ architectures: ['NoSuchForCausalLM'] }));
    const { code, stdout } = await runParlance(['info', '--json', folder]);
    rmSync(folder, { recursive: true });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      canBeServed: false,
      problems: [
        expect.stringContaining('architectures is ["NoSuchForCausalLM"]'),
        expect.stringContaining('model.safetensors'),
        expect.stringContaining('tokenizer.json'),
      ],
    });
  });

  it('says that memory keeps it from being served, and what would do', async () => {
    const { stdout } = await runParlance(['info', '--json', '--max-total-tokens', '999999999', model]);
    const { canBeServed, problems } = JSON.parse(stdout);
    expect(canBeServed).toBe(false);
    expect(problems).toEqual([
      expect.stringMatching(/max-total-tokens is 999999999.*would fit: --max-total-tokens \d+/),
    ]);
  });
});

describe('parlance info of a model on the Hub', () => {
  const files = Object.fromEntries(readdirSync(model).map((name) => [name, readFileSync(join(model, name))]));

  it('reads the headers of its weights and nothing else, and leaves nothing behind', async () => {
    const { hub } = await setUpHub(files);
    const env = { HF_ENDPOINT: hub.endpoint, HF_HOME: temporaryFolder(), TMPDIR: temporaryFolder() };
    const { code, stdout, stderr } = await runParlance(['info', '--json', 'org/name'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const local = JSON.parse((await runParlance(['info', '--json', model])).stdout);
    const remote = JSON.parse(stdout);
    expect(remote).toMatchObject({ id: 'org/name', folder: null, sha: commit, isDownloaded: false, canBeServed: true });
    const whatItIs = ({ architecture, config, numParameters, storedBytes, chatTemplates }: typeof remote) => ({
      ...{ architecture, config, numParameters, storedBytes, chatTemplates },
    });
    expect(whatItIs(remote)).toEqual(whatItIs(local));
    const headerBytes = files['model.safetensors']!.length - 165_600;
    expect(hub.downloads('storage').map(({ range }) => range)).toEqual(['bytes=0-7', `bytes=8-${headerBytes - 1}`]);
    expect(hub.downloads().some(({ path }) => path.endsWith('tokenizer.json'))).toBe(false);
    expect([readdirSync(env.HF_HOME), readdirSync(env.TMPDIR)]).toEqual([[], []]);
  });

  it('names the model, not a folder that is gone, where something is wrong with it', async () => {
    const { hub } = await setUpHub({ ...files, 'config.json': Buffer.from('{"architectures":["T5"]}') });
    const env = { HF_ENDPOINT: hub.endpoint, HF_HOME: temporaryFolder() };
    const { stdout } = await runParlance(['info', '--json', 'org/name'], { env });
    expect(JSON.parse(stdout).problems).toEqual([expect.stringMatching(/^org\/name\/config\.json: architectures/)]);
  });

  it('looks at the cache alone where the network must not be used', async () => {
    const { hub } = await setUpHub(files);
    const env = { HF_ENDPOINT: hub.endpoint, HF_HOME: temporaryFolder(), HF_HUB_OFFLINE: '1' };
    const { code, stderr } = await runParlance(['info', 'org/name'], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: org\/name .*HF_HUB_OFFLINE is set.*parlance download org\/name/);
    expect(hub.requests).toEqual([]);
  });
});
