import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const SOURCE = resolve(import.meta.dirname, '../src');

/** What each folder of src may import, beside itself, `errors` and `system`. */
const ALLOWED: Record<string, readonly string[]> = {
  errors: [],
  system: [],
  observability: [],
  config: [],
  hub: [],
  client: [],
  deploy: ['client', 'hub'],
  runtime: [],
  grammar: [],
  models: ['runtime'],
  engine: ['models', 'runtime', 'grammar'],
  text: ['engine', 'grammar'],
  http: ['text', 'engine', 'grammar', 'observability'],
  gateway: ['observability'],
  cli: [
    'gateway',
    'deploy',
    'client',
    'http',
    'text',
    'engine',
    'grammar',
    'models',
    'runtime',
    'hub',
    'config',
    'observability',
  ],
};

/** Packages that only these folders may import. */
const OWNED_PACKAGES: Record<string, readonly string[]> = {
  'onnxruntime-node': ['runtime'],
  koffi: ['runtime', 'system'],
  '@aws-sdk/client-s3': ['hub'],
  '@aws-sdk/client-secrets-manager': ['hub'],
  undici: ['hub'],
  '@bufbuild/protobuf': ['models'],
  tokenizers: ['text'],
  '@huggingface/jinja': ['text'],
  koa: ['http', 'gateway'],
  '@koa/router': ['http', 'gateway'],
  '@smithy/signature-v4': ['gateway'],
  commander: ['cli'],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function importsOf(file: string): Import[] {
  const statements = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...statements].map(([, specifier]) => ({ file, specifier: specifier! }));
}

const imports = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => importsOf(join(SOURCE, name)));

const layerOf = (file: string) => relative(SOURCE, file).split('/')[0]!;
const isShared = (layer: string) => layer === 'errors' || layer === 'system';

describe('the layers of src', () => {
  it('import only what lies below them', () => {
    const violations = imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ file, specifier }) => ({ file, from: layerOf(file), to: layerOf(resolve(dirname(file), specifier)) }))
      .filter(({ from, to }) => from !== to && !isShared(to) && !ALLOWED[from]?.includes(to))
      .map(({ file, to }) => `${relative(SOURCE, file)} imports ${to}`);
    expect(violations).toEqual([]);
  });

  it('keep each foreign package in the folder that owns it', () => {
    const violations = imports
      .filter(({ file, specifier }) => !(OWNED_PACKAGES[specifier] ?? [layerOf(file)]).includes(layerOf(file)))
      .map(({ file, specifier }) => `${relative(SOURCE, file)} imports ${specifier}`);
    expect(violations).toEqual([]);
  });

  it('are all in the table', () => {
    const layers = new Set(imports.map(({ file }) => layerOf(file)).filter((layer) => !isShared(layer)));
    expect([...layers].filter((layer) => !(layer in ALLOWED))).toEqual([]);
  });
});
