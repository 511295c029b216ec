import { ToolCallParser, type ToolOutput } from './tool-call-parser.ts';
import type { ToolFormat } from './tool-format.ts';

/** Reads an answer that is either calls or a text with a format of its own, which its beginning tells. A text may hold
 * what would be a call elsewhere: a JSON object with a `name`, or the mark of a call in a string. */
export class CallOrTextReader {
  readonly #openings: readonly string[];
  readonly #parser: ToolCallParser;
  #kind: 'unknown' | 'calls' | 'text' = 'unknown';
  /** What may yet be the beginning of a call. */
  #held = '';

  constructor(format: ToolFormat, openings: readonly string[]) {
    this.#openings = openings;
    this.#parser = new ToolCallParser(format);
  }

  get numCalls(): number {
    return this.#parser.numCalls;
  }

  push(text: string): readonly ToolOutput[] {
    if (this.#kind === 'calls') return this.#parser.push(text);
    if (this.#kind === 'text') return asText(text);
    this.#held += text;
    if (this.#openings.some((opening) => this.#held.startsWith(opening))) {
      this.#kind = 'calls';
      return this.#parser.push(this.#held);
    }
    if (this.#openings.some((opening) => opening.startsWith(this.#held))) return [];
    this.#kind = 'text';
    return asText(this.#held);
  }

  end(): readonly ToolOutput[] {
    return this.#kind === 'unknown' ? asText(this.#held) : this.#parser.end();
  }
}

const asText = (text: string): readonly ToolOutput[] => (text === '' ? [] : [{ type: 'text', text }]);
