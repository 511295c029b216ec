import type { ToolOutput } from '../../../grammar/tools/tool-call-parser.ts';
import { noTool } from './chosen-tools.ts';

/** A call's arguments as far as they are the beginning of `{"content": "…"}`, cut after a whole character. */
const contentBeginning = /^\s*\{\s*"content"\s*:\s*("(?:[^"\\]|\\(?:u[0-9a-fA-F]{4}|[^u]))*)/;

/** Turns calls of `no_tool` into the text they hold, as it comes, and counts the others without them. */
export class NoToolReader {
  /** Of the call being read. */
  #arguments: string | undefined;
  #numGiven = 0;
  #numSkipped = 0;

  read(outputs: readonly ToolOutput[]): ToolOutput[] {
    return outputs.flatMap((output) => this.#readOne(output));
  }

  /** Calls that were none. */
  get numSkipped(): number {
    return this.#numSkipped;
  }

  #readOne(output: ToolOutput): ToolOutput[] {
    if (output.type === 'text') return [output];
    if (output.type === 'call') {
      const isNone = output.name === noTool;
      this.#arguments = isNone ? '' : undefined;
      this.#numGiven = 0;
      if (isNone) this.#numSkipped++;
      return isNone ? [] : [{ ...output, index: output.index - this.#numSkipped }];
    }
    if (this.#arguments === undefined) return [{ ...output, index: output.index - this.#numSkipped }];
    this.#arguments += output.delta;
    const text = contentOf(this.#arguments).slice(this.#numGiven);
    this.#numGiven += text.length;
    return text === '' ? [] : [{ type: 'text', text }];
  }
}

function contentOf(json: string): string {
  const beginning = contentBeginning.exec(json)?.[1];
  if (beginning === undefined) return '';
  const content: string = JSON.parse(`${beginning}"`);
  // The other half of a surrogate pair may still come.
  return content.isWellFormed() ? content : content.slice(0, -1);
}
