import { Detokenizer } from './detokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Tokens that are detokenised one after another. */
interface Run {
  /** The token before, which decides whether a decoder puts a space in front. */
  readonly context: readonly number[];
  readonly ids: number[];
}

/** What each token of a prompt adds to its text, by the rules of an answer's: nothing inside a character, which its last
 * token completes. */
export async function promptPieces(ids: readonly number[], tokenizer: Tokenizer): Promise<string[]> {
  const runs = splitAfterWhole(ids, await tokenizer.decodeEach(ids), tokenizer.specialIds);
  const pieces = await Promise.all(runs.map((run) => runPieces(run, tokenizer)));
  return pieces.flat();
}

/** A new run where the token before gave its text whole, so that most runs are a token long: they are decoded all at once.
 * After a special token a text begins anew. */
function splitAfterWhole(ids: readonly number[], alone: readonly string[], specialIds: ReadonlySet<number>): Run[] {
  const runs: Run[] = [];
  for (const [i, id] of ids.entries()) {
    const before = ids[i - 1];
    const touchesSpecial = specialIds.has(id) || before === undefined || specialIds.has(before);
    if (touchesSpecial) runs.push({ context: [], ids: [id] });
    else if (!alone[i - 1]!.includes('\ufffd')) runs.push({ context: [before], ids: [id] });
    else runs.at(-1)!.ids.push(id);
  }
  return runs;
}

async function runPieces({ context, ids }: Run, tokenizer: Tokenizer): Promise<string[]> {
  const detokenizer = new Detokenizer((window) => tokenizer.decode(window), context);
  const pieces: string[] = [];
  for (const id of ids) pieces.push(await detokenizer.push(id));
  pieces.push(pieces.pop() + (await detokenizer.flush()));
  return pieces;
}
