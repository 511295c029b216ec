import { afterEach, describe, expect, it } from '@jest/globals';
import { configFile } from '../../src/models/config-file.ts';
import { findFamily } from '../../src/models/families/find-family.ts';
import { qwenWindow } from '../../src/models/families/qwen-window.ts';
import { loadModel } from '../../src/models/load-model.ts';
import { openRuntime } from '../../src/runtime/open-runtime.ts';
import { maxDifference, prefill } from './support/generate.ts';
import { readGoldens } from './support/goldens.ts';
import { copyModel, type ModelFolder } from './support/model-folder.ts';

const folders: ModelFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

function copy(name: string): ModelFolder {
  const folder = copyModel(name);
  folders.push(folder);
  return folder;
}

/** The fixture's own logits, whatever was changed in its folder. */
async function expectGoldens({ folder }: ModelFolder): Promise<void> {
  const runtime = await openRuntime({ kind: 'c-api' });
  const { model } = await loadModel({ folder, runtime, numSlots: 1, maxPositions: 128, numThreads: 1 });
  const { ids, last_logits } = readGoldens(folder).prompts[0]!;
  expect(maxDifference((await prefill(model, 0, ids)).logits, last_logits)).toBeLessThan(1e-4);
  model.dispose();
  runtime.dispose();
}

describe('tied embeddings', () => {
  it('do not take the place of a head that the checkpoint has', async () => {
    const model = copy('llama2-mha');
    model.changeConfig({ tie_word_embeddings: true });
    await expectGoldens(model);
  });

  it('are found under the name of the head', async () => {
    const model = copy('llama3-tied');
    model.changeHeader('model.safetensors', ({ 'model.embed_tokens.weight': table, ...others }) => ({
      ...others,
      'lm_head.weight': table!,
    }));
    await expectGoldens(model);
  });
});

describe('a config.json that leaves keys out, or has null in their place,', () => {
  it.each(['llama2-mha', 'mistral-zephyr', 'qwen2', 'qwen3'])('is read as transformers reads it: %s', async (name) => {
    const model = copy(name);
    model.changeConfig({
      architectures: undefined,
      hidden_act: undefined,
      attention_bias: null,
      mlp_bias: null,
      use_sliding_window: null,
      rope_scaling: null,
      quantization_config: null,
    });
    await expectGoldens(model);
  });

  const size = {
    vocab_size: 40,
    hidden_size: 128,
    intermediate_size: 64,
    num_hidden_layers: 1,
    num_attention_heads: 32,
  };
  const read = (model_type: string, rest: object = {}) => {
    const file = configFile('config.json', { model_type, max_position_embeddings: 64, ...size, ...rest });
    return findFamily(file).family.read(file).config;
  };

  it('has the key-value heads of its family', () => {
    expect(read('llama').numKvHeads).toBe(32);
    expect(read('mistral').numKvHeads).toBe(8);
    expect(read('qwen2', { num_attention_heads: 64 }).numKvHeads).toBe(32);
    expect(read('mistral', { num_key_value_heads: null }).numKvHeads).toBe(32);
  });
});

describe("a Qwen's sliding window", () => {
  const windows = (values: Record<string, unknown>) =>
    [0, 1].map(qwenWindow(configFile('config.json', { num_hidden_layers: 2, ...values })));

  it('is 4096 where it is asked for without a size, and none where the size is null', () => {
    const asked = { use_sliding_window: true, max_window_layers: 1 };
    expect(windows(asked)).toEqual([undefined, 4096]);
    expect(windows({ ...asked, sliding_window: null })).toEqual([undefined, undefined]);
    expect(windows({ ...asked, use_sliding_window: false, sliding_window: 8 })).toEqual([undefined, undefined]);
  });

  it('is refused where layer_types does not name each layer', () => {
    expect(() => windows({ layer_types: ['sliding_attention'] })).toThrow(
      'config.json: layer_types names 1 layers, expected num_hidden_layers, 2',
    );
  });
});
