import { ParlanceError } from '../../errors/errors.ts';
import { serveTasks } from '../../system/worker-tasks.ts';
import { type CompiledGrammar, shareGrammar } from '../automaton/compiled-grammar.ts';
import { compileGrammar } from './compile-grammar.ts';
import type { GrammarSpec } from './grammar-spec.ts';

export interface CompileTask {
  readonly key: string;
  readonly spec: GrammarSpec;
}

export type CompileResult =
  | { readonly type: 'compiled'; readonly grammar: CompiledGrammar }
  | { readonly type: 'refused'; readonly message: string; readonly param: string | undefined };

/** The disposable thread that compiles: one that takes too long or too much memory is ended by its pool. */
serveTasks<CompileTask, CompileResult>(({ key, spec }) => {
  try {
    return { type: 'compiled', grammar: shareGrammar(key, compileGrammar(spec)) };
  } catch (error) {
    if (!(error instanceof ParlanceError) || error.code !== 'validation') throw error;
    return { type: 'refused', message: error.message, param: error.param };
  }
});
