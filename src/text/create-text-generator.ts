import type { Engine } from '../engine/types.ts';
import { createGrammarCompiler } from '../grammar/compile/grammar-compiler.ts';
import { startChatTemplates } from './chat-template.ts';
import { startEncoder } from './encoder.ts';
import { composeTextGenerator } from './text-generator.ts';
import { loadTokenizer, type Tokenizer } from './tokenizer.ts';
import { readTokenizerConfig, type TokenizerConfig } from './tokenizer-config.ts';
import type { TextGenerator, TextLimits } from './types.ts';

export interface TextFiles {
  /** A checkpoint's folder: tokenizer.json, tokenizer_config.json and what lies beside. */
  readonly folder: string;
  /** @default 2 */
  readonly numTokenizerWorkers?: number;
  /** A tokenizer_config.json in place of the folder's. */
  readonly tokenizerConfigPath?: string;
}

interface TextEngine {
  /** Stays the caller's: `close` of the generator leaves it running. */
  readonly engine: Engine;
  /** Ids that end an answer, from generation_config.json; where there are none, it is the tokenizer's eos_token. */
  readonly eosTokenIds: readonly number[];
  readonly limits: TextLimits;
}

export interface CreateTextGeneratorOptions extends TextFiles, TextEngine {}

/** A checkpoint's tokenizer and chat templates with their workers, still without an engine. */
export interface LoadedText {
  /** The generator owns the workers from here on. */
  connect(engine: TextEngine): TextGenerator;
  close(): Promise<void>;
}

/** Loads a checkpoint's tokenizer and chat templates, and starts their workers.
 * @throws invalid_checkpoint, naming the file; invalid_setting for a wrong tokenizerConfigPath */
export async function loadText({
  folder,
  numTokenizerWorkers = 2,
  tokenizerConfigPath,
}: TextFiles): Promise<LoadedText> {
  const config = await readTokenizerConfig(folder, tokenizerConfigPath);
  const tokenizer = await loadTokenizer(folder);
  const [encoder, templates] = await Promise.all([
    startEncoder(folder, numTokenizerWorkers),
    startChatTemplates(config),
  ]);
  const grammars = createGrammarCompiler();
  const toolTemplate = config.chatTemplates.get('tool_use') ?? config.chatTemplates.get('default');
  const now = () => performance.now();
  const loaded = { tokenizer, encoder, templates, grammars, toolTemplate, now };
  const ownEosIds = eosIds(config, tokenizer);
  return {
    connect(engine) {
      const eosTokenIds = engine.eosTokenIds.length > 0 ? engine.eosTokenIds : ownEosIds;
      return composeTextGenerator({ ...loaded, ...engine, eosTokenIds });
    },
    async close() {
      await Promise.all([encoder.close(), templates.close(), grammars.close()]);
    },
  };
}

function eosIds({ specialTokens: { eos_token: token } }: TokenizerConfig, tokenizer: Tokenizer): number[] {
  const id = typeof token === 'string' ? tokenizer.tokenToId(token) : undefined;
  return id === undefined ? [] : [id];
}

/** @throws as {@link loadText} */
export async function createTextGenerator(options: CreateTextGeneratorOptions): Promise<TextGenerator> {
  const { engine, eosTokenIds, limits } = options;
  return (await loadText(options)).connect({ engine, eosTokenIds, limits });
}
