import { describe, expect, it } from '@jest/globals';
import { type GivenFlag, readSettings } from '../../src/config/read-settings.ts';
import { ParlanceError } from '../../src/errors/errors.ts';

const flags = (line: string): GivenFlag[] =>
  [...line.matchAll(/(-[\w-]+)(?: ([^-]\S*))?/g)].map(([, flag, value]) => ({ flag: flag!, value: value ?? 'true' }));

const read = (line: string, environment: NodeJS.ProcessEnv = {}) => readSettings(flags(line), environment);
const warnings = (environment: NodeJS.ProcessEnv, line = '') =>
  read(line, environment).notes.filter(({ level }) => level === 'warn');
const messages = (environment: NodeJS.ProcessEnv, line = '') =>
  read(line, environment).notes.map(({ message }) => message);

function problem(line: string, environment: NodeJS.ProcessEnv = {}): string {
  try {
    read(line, environment);
  } catch (error) {
    if (error instanceof ParlanceError && error.code === 'invalid_setting') return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}

describe('precedence', () => {
  it('puts a flag before the environment, and that before the default', () => {
    expect(read('').settings.port).toBe(3000);
    expect(read('', { PORT: '81' }).settings.port).toBe(81);
    expect(read('--port 82', { PORT: '81' }).settings.port).toBe(82);
    expect(read('-p 82', { PORT: '81' }).settings.port).toBe(82);
  });

  it("puts a platform's port before PORT, which an image may have set", () => {
    expect(read('', { PORT: '81', SAGEMAKER_BIND_TO_PORT: '8080' }).settings.port).toBe(8080);
    expect(read('', { PORT: '81', AIP_HTTP_PORT: '8081' }).settings.port).toBe(8081);
  });

  it('takes MODEL_ID before HF_MODEL_ID', () => {
    expect(read('', { HF_MODEL_ID: 'a/b' }).settings.modelId).toBe('a/b');
    expect(read('', { HF_MODEL_ID: 'a/b', MODEL_ID: '/repository' }).settings.modelId).toBe('/repository');
  });

  it('takes the last of a flag that is given twice', () => {
    expect(read('--port 1 --port 2').settings.port).toBe(2);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(read('', { QUANTIZE: '', LORA_ADAPTERS: '', PORT: '' }).settings).toMatchObject({ port: 3000 });
  });

  it('ignores variables that it does not know', () => {
    expect(read('', { SAGEMAKER_PROGRAM: '', PATH: '/bin' }).notes).toEqual([]);
  });
});

describe('the older names of the input length', () => {
  it('are taken as flag and as variable', () => {
    expect(read('--max-input-length 7').settings.maxInputTokens).toBe(7);
    expect(read('', { MAX_INPUT_LENGTH: '8' }).settings.maxInputTokens).toBe(8);
    expect(read('--max-input-tokens 7', { MAX_INPUT_LENGTH: '8' }).settings.maxInputTokens).toBe(7);
  });

  it('are refused beside the newer one where they disagree', () => {
    const bothNames = { MAX_INPUT_TOKENS: '8', MAX_INPUT_LENGTH: '9' };
    expect(problem('', bothNames)).toBe(
      'MAX_INPUT_TOKENS=8 and MAX_INPUT_LENGTH=9 are two names of one setting: give only MAX_INPUT_TOKENS',
    );
    expect(problem('--max-input-length 9 --max-input-tokens 8')).toMatch(/^--max-input-length 9 and /);
    expect(read('', { MAX_INPUT_TOKENS: '8', MAX_INPUT_LENGTH: '8' }).settings.maxInputTokens).toBe(8);
  });
});

describe('values', () => {
  it.each(['True', 'true', '1', 'yes', 'ON'])('reads the boolean %s as true', (value) => {
    expect(read('', { MESSAGES_API_ENABLED: value }).settings.messagesApiEnabled).toBe(true);
  });

  it.each(['False', 'false', '0', 'no', 'off'])('reads the boolean %s as false', (value) => {
    expect(read('', { MESSAGES_API_ENABLED: value }).settings.messagesApiEnabled).toBe(false);
  });

  it('collects a repeatable flag, and splits its variable at commas', () => {
    const origins = ['http://a.example', 'http://b.example'];
    const line = '--cors-allow-origin http://a.example --cors-allow-origin http://b.example';
    expect(read(line).settings.corsAllowOrigin).toEqual(origins);
    const variable = { CORS_ALLOW_ORIGIN: 'http://a.example, http://b.example' };
    expect(read('', variable).settings.corsAllowOrigin).toEqual(origins);
  });

  it.each([
    ['--port 99999', {}, '--port 99999 is not an integer from 0 to 65535'],
    ['--port abc', {}, '--port abc is not an integer from 0 to 65535'],
    ['', { PORT: '8o80' }, 'PORT=8o80 is not an integer from 0 to 65535'],
    ['--max-best-of 1.5', {}, '--max-best-of 1.5 is not an integer of at least 1'],
    ['--max-batch-size 0', {}, '--max-batch-size 0 is not an integer from 1 to 1024'],
    ['', { VALIDATION_WORKERS: '0' }, 'VALIDATION_WORKERS=0 is not an integer from 1 to 256'],
    ['', { WATERMARK_GAMMA: '1.5' }, 'WATERMARK_GAMMA=1.5 is not a number from 0 to 1'],
    ['', { JSON_OUTPUT: 'maybe' }, 'JSON_OUTPUT=maybe is not true or false (also 1 or 0, yes or no, on or off)'],
    ['--runtime python', {}, '--runtime python is not one of auto, c-api, node'],
    ['--dtype int4', {}, '--dtype int4 is not one of auto, float16, bfloat16, float32'],
    ['', { API_KEY: '' }, 'API_KEY=(empty) is not a text of at least one character'],
  ])('refuses %s %j by name, with the value and what is allowed', (line, environment, message) => {
    expect(problem(line, environment)).toBe(message);
  });

  it.each([
    ['debug', 'debug'],
    ['WARNING', 'warn'],
    ['off', 'silent'],
    ['info,text_generation_router=debug', 'debug'],
    ['text_generation_launcher=warn, text_generation_router=error', 'error'],
    ['text_generation_router::infer=trace', 'trace'],
    ['warn,hyper=debug', 'warn'],
    ['hyper=debug', 'info'],
  ])('reads LOG_LEVEL=%s as %s', (directives, level) => {
    expect(read('', { LOG_LEVEL: directives }).settings.logLevel).toBe(level);
  });

  it('refuses a LOG_LEVEL without a level', () => {
    expect(problem('', { LOG_LEVEL: 'loud' })).toMatch(/^LOG_LEVEL=loud is not a log level: trace, debug/);
  });

  it('never prints a secret', () => {
    const secret = 'do-not-print';
    const { notes } = read('', { API_KEY: secret, HF_TOKEN: secret });
    expect(JSON.stringify(notes)).not.toContain(secret);
    expect(problem('', { NGROK_AUTHTOKEN: secret })).toMatch(/^NGROK_AUTHTOKEN is refused: /);
  });
});

describe('the address', () => {
  it("ignores a HOSTNAME that is a container's id, with a warning", () => {
    const environment = { HOSTNAME: '3f1c9a7b2d10' };
    expect(read('', environment).settings.hostname).toBe('0.0.0.0');
    expect(warnings(environment)).toEqual([
      { level: 'warn', message: expect.stringMatching(/^HOSTNAME=3f1c9a7b2d10 .*: ignored, 0\.0\.0\.0 is used$/) },
    ]);
  });

  it.each(['127.0.0.1', '::', '::1', 'localhost'])('takes HOSTNAME=%s', (hostname) => {
    expect(read('', { HOSTNAME: hostname }).settings.hostname).toBe(hostname);
    expect(warnings({ HOSTNAME: hostname })).toEqual([]);
  });

  it('refuses a --hostname that is none', () => {
    expect(problem('--hostname myhost')).toMatch(/^--hostname myhost is not an IP address/);
  });
});

describe('combinations', () => {
  it.each([
    [
      '--max-input-tokens 512 --max-total-tokens 512',
      '--max-input-tokens 512 must be less than --max-total-tokens 512',
    ],
    [
      '--max-total-tokens 512 --max-batch-total-tokens 511',
      '--max-total-tokens 512 must be at most --max-batch-total-tokens 511',
    ],
    [
      '--max-batch-prefill-tokens 512 --max-batch-total-tokens 511',
      '--max-batch-prefill-tokens 512 must be at most --max-batch-total-tokens 511',
    ],
    ['--num-shard 0', '--num-shard 0 must be at least 1'],
    ['--sharded true --num-shard 1', '--sharded needs at least 2 shards, but --num-shard 1'],
    ['--dtype float16 --quantize awq', '--dtype float16 cannot be used with --quantize awq'],
    ['--ssl-certfile a.pem', '--ssl-certfile a.pem needs --ssl-keyfile (SSL_KEYFILE)'],
    ['--ssl-keyfile a.pem', '--ssl-keyfile a.pem needs --ssl-certfile (SSL_CERTFILE)'],
    ['--ssl-ca-certs a.pem', '--ssl-ca-certs a.pem needs --ssl-certfile (SSL_CERTFILE)'],
    [
      '--ssl-certfile a --ssl-keyfile b --ssl-require-client-cert',
      '--ssl-require-client-cert needs --ssl-ca-certs (SSL_CA_CERTS)',
    ],
  ])('refuses %s', (line, message) => {
    expect(problem(line)).toBe(message);
  });

  it('holds only what was given against each other', () => {
    expect(read('--max-batch-total-tokens 1024').settings).toMatchObject({ maxBatchPrefillTokens: 4096 });
  });

  it('names each setting as it was given', () => {
    const environment = { MAX_INPUT_LENGTH: '600', MAX_TOTAL_TOKENS: '512' };
    expect(problem('', environment)).toBe('MAX_INPUT_LENGTH=600 must be less than MAX_TOTAL_TOKENS=512');
  });

  it("takes SageMaker's SM_NUM_GPUS=0 for a machine without GPUs", () => {
    expect(read('', { SM_NUM_GPUS: '0' }).notes).toEqual([]);
    expect(problem('', { NUM_SHARD: '0' })).toBe('NUM_SHARD=0 must be at least 1');
  });
});

describe('settings that do not do as they do in TGI', () => {
  it('are mapped with a line that says to what', () => {
    expect(messages({ DTYPE: 'float16' })).toEqual([
      'DTYPE=float16: computed in float32, since the CPU has no kernels for less',
    ]);
    expect(messages({ QUANTIZE: 'eetq' })).toEqual(['QUANTIZE=eetq: weights are packed as int8']);
    expect(messages({ NUM_SHARD: '4' })).toEqual([
      'NUM_SHARD=4: no effect without GPUs: the model runs as one (--num-replicas takes more)',
    ]);
    expect(messages({}, '--trust-remote-code')).toEqual(['--trust-remote-code: no code of a checkpoint is ever run']);
    expect(warnings({ OTLP_ENDPOINT: 'http://collector:4317' })).toHaveLength(1);
  });

  it('say nothing where they ask for nothing else', () => {
    const environment = { DTYPE: 'float32', NUM_SHARD: '1', SHARDED: 'false', HF_HUB_OFFLINE: '1', USAGE_STATS: 'off' };
    expect(messages({ QUANTIZE: 'int4' })).toEqual([]);
    expect(messages(environment)).toEqual([]);
  });

  it.each([
    ['QUANTIZE', 'fp8'],
    ['HF_MODEL_QUANTIZE', 'exl2'],
    ['SPECULATE', '2'],
    ['LORA_ADAPTERS', 'a/b,c/d'],
    ['KV_CACHE_DTYPE', 'fp8_e5m2'],
    ['KV_CACHE_DTYPE', 'int8'],
    ['ROPE_SCALING', 'dynamic'],
    ['ROPE_FACTOR', '2.0'],
    ['NGROK', 'true'],
  ])('are refused by name with a reason: %s=%s', (variable, value) => {
    expect(problem('', { [variable]: value })).toMatch(new RegExp(`^${variable}=${value} is refused: \\w+`));
  });

  it('are not refused at a value that asks for nothing', () => {
    const environment = { SPECULATE: '0', ROPE_FACTOR: '1.0', NGROK: 'false', KV_CACHE_DTYPE: 'auto' };
    expect(read('', environment).notes).toEqual([]);
    expect(read('', { KV_CACHE_DTYPE: 'fp32' }).notes).toEqual([]);
  });

  it('let the environment of a Hugging Face Inference Endpoint boot as it is printed', () => {
    const environment = {
      MAX_INPUT_LENGTH: '4096',
      MAX_BATCH_PREFILL_TOKENS: '4096',
      MAX_TOTAL_TOKENS: '32000',
      MAX_BATCH_TOTAL_TOKENS: '1024000',
      MODEL_ID: '/repository',
    };
    const { settings, notes } = read('', environment);
    expect(notes).toEqual([]);
    expect(settings).toMatchObject({
      maxInputTokens: 4096,
      maxBatchPrefillTokens: 4096,
      maxTotalTokens: 32_000,
      maxBatchTotalTokens: 1_024_000,
      modelId: '/repository',
    });
  });
});
