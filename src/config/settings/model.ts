import { quantizeMeaning, quantizeNames, quantizeRefusal } from '../quantize-names.ts';
import { setting } from '../setting.ts';
import { boolean, integer, number, oneOf, text } from '../value-types.ts';

/** Which checkpoint is served, and how its weights are read. */
export const modelSettings = {
  modelId: setting({
    group: 'model',
    description: 'A checkpoint folder, the id of a model on the Hugging Face Hub, or s3://bucket/prefix.',
    type: text,
    defaultText: '/opt/ml/model where it holds a model, else the bundled demo model',
    environment: ['MODEL_ID', 'HF_MODEL_ID'],
  }),
  revision: setting({
    group: 'model',
    description: 'Branch, tag or commit of a model of the Hub.',
    type: text,
    defaultText: 'main',
    environment: ['REVISION', 'HF_MODEL_REVISION'],
  }),
  tokenizerConfigPath: setting({
    group: 'model',
    description: "A tokenizer_config.json to use in the place of the checkpoint's own, such as for its chat template.",
    type: text,
  }),
  huggingfaceHubCache: setting({
    group: 'model',
    description: 'Folder of the Hub cache.',
    type: text,
    defaultText: 'HF_HOME/hub',
    environment: ['HUGGINGFACE_HUB_CACHE', 'HF_HUB_CACHE'],
  }),
  weightsCacheOverride: setting({
    group: 'model',
    description: 'A folder whose files are served whatever model id is asked for.',
    type: text,
  }),
  hfHome: setting({
    group: 'model',
    description: "Folder of Hugging Face's libraries, which holds the Hub cache.",
    type: text,
    defaultText: '~/.cache/huggingface',
    flags: false,
  }),
  hfToken: setting({
    group: 'model',
    description: 'Token for the Hub.',
    type: text,
    flags: false,
    environment: ['HF_TOKEN', 'HUGGING_FACE_HUB_TOKEN', 'HF_API_TOKEN'],
    isSecret: true,
  }),
  hfTokenSecret: setting({
    group: 'model',
    description: 'Name or ARN of the secret of AWS Secrets Manager that holds the token for the Hub.',
    type: text,
    flags: false,
  }),
  hfHubOffline: setting({
    group: 'model',
    description: 'Whether nothing may be downloaded.',
    type: boolean,
    flags: false,
  }),
  hfEndpoint: setting({
    group: 'model',
    description: 'Address of the Hub, or of a mirror of it.',
    type: text,
    defaultText: 'https://huggingface.co',
    flags: false,
  }),
  trustRemoteCode: setting({
    group: 'model',
    description: 'Whether code that comes with a checkpoint may run.',
    type: boolean,
    default: false,
    environment: ['TRUST_REMOTE_CODE', 'HF_MODEL_TRUST_REMOTE_CODE'],
    handling: { kind: 'mapped', toWhat: (trusts) => (trusts ? 'no code of a checkpoint is ever run' : undefined) },
  }),
  dtype: setting({
    group: 'model',
    description: 'The type that the model is computed in.',
    type: oneOf(['auto', 'float16', 'bfloat16', 'float32']),
    handling: {
      kind: 'mapped',
      toWhat: (dtype, { executionProvider }) =>
        dtype === 'auto' || dtype === 'float32' || executionProvider !== 'cpu'
          ? undefined
          : 'computed in float32, since the CPU has no kernels for less',
    },
  }),
  kvCacheDtype: setting({
    group: 'model',
    description: 'The type that the KV cache is kept in: `auto` is `fp32`.',
    type: oneOf(['auto', 'fp32', 'int8', 'fp8_e4m3fn', 'fp8_e5m2']),
    handling: {
      kind: 'mapped',
      toWhat: () => undefined,
      refusal(dtype) {
        if (dtype === 'auto' || dtype === 'fp32') return undefined;
        const instead = 'leave it out, and lower --max-total-tokens or use --quantize where memory is short';
        return dtype === 'int8'
          ? `the kernel scales each channel of keys and values once for all prompts, which costs too much of the answers' quality, and takes several times as long over long prompts; ${instead}`
          : `the CPU has no kernel for a KV cache of 8-bit floats; ${instead}`;
      },
    },
  }),
  quantize: setting({
    group: 'model',
    description:
      'What the weights are packed into as they are loaded: int8, int4 (smallest), or w8a8 (8-bit activations too, fastest prompts). A checkpoint that GPTQ or AWQ quantised is served as it is.',
    type: oneOf(quantizeNames),
    environment: ['QUANTIZE', 'HF_MODEL_QUANTIZE'],
    handling: {
      kind: 'mapped',
      toWhat: (name) => (quantizeMeaning(name) === name ? undefined : `weights are packed as ${quantizeMeaning(name)}`),
      refusal: quantizeRefusal,
    },
  }),
  speculate: setting({
    group: 'model',
    description: 'Number of tokens to guess ahead of each step.',
    type: integer(0),
    handling: {
      kind: 'refused',
      reason: 'speculative decoding is not available yet',
      isNeutral: (numTokens) => numTokens === 0,
    },
  }),
  loraAdapters: setting({
    group: 'model',
    description: 'LoRA adapters to load beside the model, separated by commas.',
    type: text,
    handling: { kind: 'refused', reason: 'LoRA adapters are not served yet; merge the adapter into the checkpoint' },
  }),
  ropeScaling: setting({
    group: 'model',
    description: 'How positions are scaled.',
    type: oneOf(['linear', 'dynamic']),
    handling: { kind: 'refused', reason: 'position scaling is read from rope_scaling in config.json; set it there' },
  }),
  ropeFactor: setting({
    group: 'model',
    description: 'By what factor positions are scaled.',
    type: number(0),
    handling: {
      kind: 'refused',
      reason: 'position scaling is read from rope_scaling in config.json; set it there',
      isNeutral: (factor) => factor === 1,
    },
  }),
  sharded: setting({
    group: 'model',
    description: 'Whether the model is split over all GPUs.',
    type: boolean,
    takesBoolean: true,
    handling: { kind: 'mapped', toWhat: (isSharded) => (isSharded ? 'one shard: the model runs as one' : undefined) },
  }),
  numShard: setting({
    group: 'model',
    description: 'How many GPUs to use: each holds the whole model, and requests are spread over them.',
    type: integer(0, 1024),
    environment: ['NUM_SHARD', 'SM_NUM_GPUS'],
    handling: {
      kind: 'mapped',
      toWhat(numShards, { executionProvider }) {
        if (numShards <= 1) return undefined;
        return executionProvider === 'cuda'
          ? `${numShards} replicas, one a GPU, each of the whole model`
          : 'no effect without GPUs: the model runs as one (--num-replicas takes more)';
      },
    },
  }),
};
