import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { ParlanceError } from '../../errors/errors.ts';
import { WorkerPool } from '../../system/worker-pool.ts';
import type { CompiledGrammar } from '../automaton/compiled-grammar.ts';
import type { CompileResult, CompileTask } from './compile-worker.ts';
import type { GrammarSpec } from './grammar-spec.ts';

export interface GrammarCompilerOptions {
  /** @default 2000 */
  readonly timeLimitMs?: number;
  /** Grammars that are kept. @default 256 */
  readonly maxCached?: number;
  /** Bytes of all that are kept. @default 64 MiB */
  readonly maxCachedBytes?: number;
}

/** Compiles grammars apart from the threads that serve, each within a time and memory limit. */
export interface GrammarCompiler {
  /** Requests for the same grammar share one compilation; a signal only ends the wait of its own request.
   * @throws invalid_grammar naming the keyword that is not supported, or that makes the grammar impossible or too complex */
  compile(spec: GrammarSpec, signal?: AbortSignal): Promise<CompiledGrammar>;
  close(): Promise<void>;
}

export function createGrammarCompiler(options: GrammarCompilerOptions = {}): GrammarCompiler {
  const { timeLimitMs = 2000, maxCached = 256, maxCachedBytes = 64 << 20 } = options;
  const pool = new WorkerPool<CompileTask, CompileResult>({
    entry: 'grammar/compile/compile-worker',
    numWorkers: 2,
    timeLimitMs,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
    failure: {
      code: 'invalid_grammar',
      timedOut: `the grammar is too complex: it took longer than ${timeLimitMs} ms to compile`,
      died: 'the grammar is too complex: it took too much memory to compile',
    },
  });
  const cache = new GrammarCache(maxCached, maxCachedBytes);
  const inFlight = new Map<string, Promise<CompiledGrammar>>();

  async function run(key: string, spec: GrammarSpec): Promise<CompiledGrammar> {
    try {
      const result = await pool.run({ key, spec });
      if (result.type === 'refused') throw new ParlanceError('invalid_grammar', result.message, paramOf(result.param));
      cache.add(result.grammar);
      return result.grammar;
    } finally {
      inFlight.delete(key);
    }
  }

  return {
    async compile(spec, signal) {
      signal?.throwIfAborted();
      const key = keyOf(spec);
      const cached = cache.get(key);
      if (cached) return cached;
      const running = inFlight.get(key) ?? run(key, spec);
      inFlight.set(key, running);
      return signal ? Promise.race([running, aborted(signal)]) : running;
    },
    close: () => pool.close(),
  };
}

const paramOf = (param: string | undefined) => (param === undefined ? {} : { param });

/** @throws invalid_grammar for values nested so deep that they cannot be written out */
function keyOf(spec: GrammarSpec): string {
  try {
    return createHash('sha256').update(serialize(spec)).digest('base64url');
  } catch (cause) {
    throw new ParlanceError('invalid_grammar', 'the grammar is nested too deep', { param: 'grammar', cause });
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/** Keeps what was used last. */
class GrammarCache {
  readonly #maxCount: number;
  readonly #maxBytes: number;
  readonly #grammars = new Map<string, CompiledGrammar>();
  #numBytes = 0;

  constructor(maxCount: number, maxBytes: number) {
    this.#maxCount = maxCount;
    this.#maxBytes = maxBytes;
  }

  get(key: string): CompiledGrammar | undefined {
    const found = this.#grammars.get(key);
    if (!found) return undefined;
    this.#grammars.delete(key);
    this.#grammars.set(key, found);
    return found;
  }

  add(grammar: CompiledGrammar): void {
    this.#grammars.set(grammar.key, grammar);
    this.#numBytes += grammar.numBytes;
    for (const [key, { numBytes }] of this.#grammars) {
      if (this.#grammars.size <= this.#maxCount && this.#numBytes <= this.#maxBytes) return;
      this.#grammars.delete(key);
      this.#numBytes -= numBytes;
    }
  }
}
