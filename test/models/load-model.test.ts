import { mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ParlanceError } from '../../src/errors/errors.ts';
import { type LoadedModel, loadModel } from '../../src/models/load-model.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import { maxDifference, prefill } from './support/generate.ts';
import { fixtureModels, readGoldens } from './support/goldens.ts';
import { copyModel, type Header, type ModelFolder } from './support/model-folder.ts';

const runtime = await openRuntime({ kind: 'c-api' });
afterAll(() => runtime.dispose());

const load = (folder: string, prepack = true): Promise<LoadedModel> =>
  loadModel({ folder, runtime, numSlots: 2, maxPositions: 64, numThreads: 1, prepack });

async function refusal(folder: string): Promise<{ code: string; message: string }> {
  const error = await load(folder).catch((reason: unknown) => reason);
  if (!(error instanceof ParlanceError)) throw new Error(`expected a ParlanceError, got ${String(error)}`);
  return { code: error.code, message: error.message };
}

describe('a checkpoint that is broken', () => {
  let model: ModelFolder;
  beforeEach(() => {
    model = copyModel('mistral-zephyr');
  });
  afterEach(() => model.remove());
  const shard = 'model-00002-of-00003.safetensors';

  it('is refused for a truncated shard', async () => {
    truncateSync(model.file(shard), 10_000);
    expect(await refusal(model.folder)).toEqual({
      code: 'invalid_checkpoint',
      message: expect.stringMatching(/model-00002-of-00003\.safetensors.*truncated/),
    });
  });

  it('is refused for a shard that is missing', async () => {
    rmSync(model.file(shard));
    expect(await refusal(model.folder)).toEqual({
      code: 'invalid_checkpoint',
      message: `${model.file(shard)} is missing: model.safetensors.index.json names it as a shard`,
    });
  });

  it('is refused for a corrupt index', async () => {
    writeFileSync(model.file('model.safetensors.index.json'), '{"weight_map": 3}');
    expect((await refusal(model.folder)).message).toMatch(/index\.json is corrupt/);
  });

  it('is refused for an index that names a file elsewhere', async () => {
    writeFileSync(model.file('model.safetensors.index.json'), '{"weight_map": {"a": "../a.safetensors"}}');
    expect((await refusal(model.folder)).message).toContain('../a.safetensors');
  });

  it('is refused for an index whose tensor is not in its shard', async () => {
    writeFileSync(model.file('model.safetensors.index.json'), JSON.stringify({ weight_map: { absent: shard } }));
    expect((await refusal(model.folder)).message).toMatch(/model-00002.*holds tensor absent/);
  });

  it('is refused without any weights', async () => {
    rmSync(model.file('model.safetensors.index.json'));
    expect((await refusal(model.folder)).message).toBe(
      `${model.folder} has neither model.safetensors nor model.safetensors.index.json, but model-00001-of-00003.safetensors: expected weights as transformers' save_pretrained writes them`,
    );
    for (const name of readdirSync(model.folder)) if (name.endsWith('.safetensors')) rmSync(model.file(name));
    expect((await refusal(model.folder)).message).toMatch(
      /neither model\.safetensors nor .*, but no weights: expected/,
    );
  });

  it('is refused for a link whose file is missing, as a cleared cache leaves it', async () => {
    rmSync(model.file('model.safetensors.index.json'));
    symlinkSync(model.file('gone'), model.file('model.safetensors'));
    expect(await refusal(model.folder)).toEqual({
      code: 'invalid_checkpoint',
      message: `${model.file('model.safetensors')} is a link to ${model.file('gone')}, which is missing: download the model again`,
    });
  });

  it('is refused for a folder in the place of its weights', async () => {
    mkdirSync(model.file('model.safetensors'));
    expect(await refusal(model.folder)).toEqual({
      code: 'invalid_checkpoint',
      message: expect.stringMatching(/model\.safetensors can't be read: .*EISDIR/),
    });
  });

  it('is refused without a config.json, or with one that is no JSON', async () => {
    writeFileSync(model.file('config.json'), '{"vocab_size"');
    expect((await refusal(model.folder)).message).toContain('config.json is no JSON object');
    rmSync(model.file('config.json'));
    expect((await refusal(model.folder)).message).toContain('has no config.json');
  });
});

describe('a weight', () => {
  let model: ModelFolder;
  beforeEach(() => {
    model = copyModel('llama2-mha');
  });
  afterEach(() => model.remove());
  const name = 'model.layers.1.mlp.up_proj.weight';
  const change = (edit: (tensor: Header[string]) => Header[string]) =>
    model.changeHeader('model.safetensors', (header) => ({ ...header, [name]: edit(header[name]!) }));

  it('that is missing is named, with the shape that it should have', async () => {
    model.changeHeader('model.safetensors', ({ [name]: tensor, ...others }) => ({ ...others, other: tensor! }));
    expect(await refusal(model.folder)).toEqual({
      code: 'invalid_checkpoint',
      message: `${model.folder} has no tensor ${name}: expected one of shape [144,64] in its safetensors files`,
    });
  });

  it('that is misshapen is named, with both shapes', async () => {
    change((tensor) => ({ ...tensor, shape: [64, 144] }));
    expect(await refusal(model.folder)).toEqual({
      code: 'invalid_checkpoint',
      message: expect.stringMatching(/model\.safetensors: tensor .*up_proj\.weight has shape \[64,144\].*\[144,64\]/),
    });
  });

  it('of a type that is not served is named, with the types that are', async () => {
    change((tensor) => ({ ...tensor, dtype: 'I16' }));
    expect((await refusal(model.folder)).message).toMatch(
      /up_proj\.weight has dtype I16, expected one of F32, F16, BF16/,
    );
  });

  it('is found through links that lead out of the folder, as in the Hub’s cache', async () => {
    const goldens = readGoldens(model.folder);
    const linked = model.file('model.safetensors');
    rmSync(linked);
    symlinkSync(path.join(fixtureModels, 'llama2-mha/model.safetensors'), linked);
    const loaded = await load(model.folder);
    const [prompt] = goldens.prompts;
    expect(maxDifference((await prefill(loaded.model, 0, prompt!.ids)).logits, prompt!.last_logits)).toBeLessThan(1e-4);
    loaded.model.dispose();
  });

  it('gives the same logits whether it is packed anew or used where it lies', async () => {
    const tokens = [5, 6, 7];
    const [packed, mapped] = [await load(model.folder), await load(model.folder, false)];
    const logits = (await prefill(packed.model, 0, tokens)).logits;
    expect(maxDifference((await prefill(mapped.model, 0, tokens)).logits, logits)).toBeLessThan(1e-4);
    packed.model.dispose();
    mapped.model.dispose();
  });
});

describe('config.json', () => {
  let model: ModelFolder;
  beforeEach(() => {
    model = copyModel('mistral-zephyr');
  });
  afterEach(() => model.remove());

  it.each([
    [{ architectures: ['GrokForCausalLM'] }, /architectures is \["GrokForCausalLM"\].*LlamaForCausalLM, Mistral/],
    [{ hidden_act: 'gelu' }, /hidden_act is "gelu": only "silu" is served/],
    [{ attention_bias: true }, /attention_bias is true: only false is served/],
    [{ rope_scaling: { rope_type: 'mrope', factor: 2 } }, /rope_scaling\.rope_type is "mrope".*linear, dynamic, yarn/],
    [{ rope_scaling: { type: 'su', factor: 2 } }, /rope_scaling\.type is "su".*linear, dynamic, yarn/],
    [{ partial_rotary_factor: 0.5 }, /partial_rotary_factor is 0\.5: only 1 is served/],
    [{ rope_parameters: { partial_rotary_factor: 0.5 } }, /rope_parameters\.partial_rotary_factor is 0\.5: only 1/],
    [
      { rope_parameters: { full_attention: { rope_type: 'default' }, sliding_attention: { rope_type: 'linear' } } },
      /rope_parameters\.full_attention is .*only one embedding for all layers is served/,
    ],
    [{ architectures: [], model_type: 'grok' }, /model_type is "grok": expected one of llama, mistral/],
  ])('with %j is understood but not served', async (changes, message) => {
    model.changeConfig(changes);
    const { code, message: actual } = await refusal(model.folder);
    expect([code, actual]).toEqual(['unsupported_model', expect.stringMatching(message)]);
    expect(actual).toContain(model.file('config.json'));
  });

  it('of a checkpoint that is quantised by another method is not served', async () => {
    model.changeConfig({ quantization_config: { quant_method: 'bitsandbytes', load_in_4bit: true } });
    expect(await refusal(model.folder)).toEqual({
      code: 'unsupported_model',
      message: expect.stringMatching(/quantization_config\.quant_method is "bitsandbytes": .*'gptq'.*'awq'/),
    });
  });

  it.each([
    [{ hidden_size: undefined }, /hidden_size is missing/],
    [{ vocab_size: -5 }, /vocab_size is -5/],
    [{ num_hidden_layers: '3' }, /num_hidden_layers is "3"/],
    [{ num_key_value_heads: 3 }, /num_attention_heads is 4, expected a multiple of num_key_value_heads, 3/],
    [{ hidden_size: 66 }, /hidden_size is 66, expected a multiple of num_attention_heads, 4/],
    [{ rope_scaling: { type: 'linear' } }, /rope_scaling\.factor is missing/],
    [
      { rope_scaling: { rope_type: 'longrope', short_factor: [1], long_factor: [1] } },
      /rope_scaling\.short_factor has 1 numbers, expected 8/,
    ],
    [{ sliding_window: 0 }, /sliding_window is 0/],
    [{ architectures: null, model_type: undefined }, /neither architectures nor model_type/],
  ])('with %j is wrong', async (changes, message) => {
    model.changeConfig(changes);
    const { code, message: actual } = await refusal(model.folder);
    expect([code, actual]).toEqual(['invalid_checkpoint', expect.stringMatching(message)]);
  });

  it('means the same in the newer spelling of rotary embeddings', async () => {
    const tokens = [5, 6, 7, 8];
    model.changeConfig({ rope_theta: 5000, rope_scaling: { type: 'linear', factor: 4 } });
    const older = await load(model.folder);
    model.changeConfig({
      rope_theta: undefined,
      rope_scaling: undefined,
      rope_parameters: { rope_type: 'linear', factor: 4, rope_theta: 5000 },
    });
    const newer = await load(model.folder);
    const logits = (await prefill(older.model, 0, tokens)).logits;
    expect(maxDifference((await prefill(newer.model, 0, tokens)).logits, logits)).toBe(0);
    older.model.dispose();
    newer.model.dispose();
  });

  it('takes an empty rope_scaling for none, as transformers does', async () => {
    const tokens = [5, 6, 7, 8];
    const rope_parameters = { rope_type: 'linear', factor: 4, rope_theta: 5000 };
    model.changeConfig({ rope_theta: undefined, rope_parameters });
    const plain = await load(model.folder);
    const logits = (await prefill(plain.model, 0, tokens)).logits;
    model.changeConfig({ rope_scaling: {} });
    const empty = await load(model.folder);
    expect(maxDifference((await prefill(empty.model, 0, tokens)).logits, logits)).toBe(0);
    plain.model.dispose();
    empty.model.dispose();
  });

  it('gives the eos ids where generation_config.json gives none', async () => {
    rmSync(model.file('generation_config.json'));
    model.changeConfig({ eos_token_id: [7, 9] });
    const loaded = await load(model.folder);
    expect(loaded.eosTokenIds).toEqual([7, 9]);
    loaded.model.dispose();
  });
});
