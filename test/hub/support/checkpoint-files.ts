import { createCipheriv, createHash } from 'node:crypto';

export type Files = Readonly<Record<string, Buffer>>;

/** Bytes that are the same in each run and repeat nowhere. */
export function noise(numBytes: number, seed = 'noise'): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(numBytes));
}

const text = (value: unknown) => Buffer.from(JSON.stringify(value));

/** What a model's repository holds: two shards, what describes them, and much that is not needed. */
export function shardedModel(shardBytes = 100_000): Files {
  return {
    'config.json': text({ model_type: 'llama' }),
    'generation_config.json': text({ eos_token_id: 2 }),
    'tokenizer.json': text({ version: '1.0' }),
    'tokenizer_config.json': text({ bos_token: '<s>' }),
    'chat_template.jinja': Buffer.from('{{ messages }}'),
    'additional_chat_templates/tools.jinja': Buffer.from('{{ tools }}'),
    'model.safetensors.index.json': text({
      weight_map: { a: 'model-00001-of-00002.safetensors', b: 'model-00002-of-00002.safetensors' },
    }),
    'model-00001-of-00002.safetensors': noise(shardBytes, 'one'),
    'model-00002-of-00002.safetensors': noise(shardBytes, 'two'),
    'README.md': Buffer.from('# A model'),
    'pytorch_model.bin': noise(500, 'bin'),
    'consolidated.safetensors': noise(500, 'consolidated'),
    'original/consolidated.00.pth': noise(500, 'original'),
    'onnx/model.onnx': noise(500, 'onnx'),
  };
}

export const neededOf = (files: Files): string[] =>
  Object.keys(files).filter((path) => !/README|\.bin|consolidated|onnx/.test(path));
