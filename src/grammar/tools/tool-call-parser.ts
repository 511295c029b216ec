import { CallScanner } from './call-scanner.ts';
import type { ToolFormat } from './tool-format.ts';

export type ToolOutput =
  /** Text beside the calls; blanks next to a call are left out. */
  | { readonly type: 'text'; readonly text: string }
  /** A call begins: the caller gives it an id. */
  | { readonly type: 'call'; readonly index: number; readonly name: string }
  /** More of a call's arguments, as JSON text. */
  | { readonly type: 'arguments'; readonly index: number; readonly delta: string };

/** Splits what a model writes into text and calls, as it comes: joined, the outputs are the same however the text is cut.
 * What might be the beginning of a call, or blanks before one, is held back until it is known. */
export class ToolCallParser {
  readonly #format: ToolFormat;
  #outputs: ToolOutput[] = [];
  #state: 'text' | 'between' | 'call' = 'text';
  /** Text that may yet turn out to open or close calls. */
  #held = '';
  #blanks = '';
  #hasText = false;
  #numCalls = 0;
  #scanner: CallScanner | undefined;
  /** What the call in the making was read from, its opening text included, until its name is known. */
  #unread = '';
  #isNamed = false;

  constructor(format: ToolFormat) {
    this.#format = format;
  }

  get numCalls(): number {
    return this.#numCalls;
  }

  push(text: string): ToolOutput[] {
    for (const character of text) this.#take(character);
    return this.#flush();
  }

  /** After the last text: gives what was held back, a call as text where not even its name was there. */
  end(): ToolOutput[] {
    this.#addText(this.#unread + (this.#state === 'text' || this.#unread !== '' ? this.#held : ''));
    if (this.#numCalls === 0 && this.#blanks !== '') this.#outputs.push({ type: 'text', text: this.#blanks });
    return this.#flush();
  }

  #flush(): ToolOutput[] {
    const outputs = joined(this.#outputs);
    this.#outputs = [];
    return outputs;
  }

  #take(character: string): void {
    if (this.#state === 'text') this.#takeText(character);
    else if (this.#state === 'between') this.#takeBetween(character);
    else this.#takeCall(character);
  }

  #takeText(character: string): void {
    const { begins, where } = this.#format;
    this.#held += character;
    const isTooLate = where === 'start' && (this.#hasText || this.#numCalls > 0);
    const mayBegin = (text: string) => !isTooLate && begins.some((begin) => begin.startsWith(text));
    while (this.#held !== '' && !mayBegin(this.#held)) {
      const first = String.fromCodePoint(this.#held.codePointAt(0)!);
      this.#addText(first);
      this.#held = this.#held.slice(first.length);
    }
    const begin = this.#held;
    if (isTooLate || !begins.includes(begin)) return;
    this.#held = '';
    this.#state = 'between';
    this.#unread = begin.startsWith('{') ? '' : begin;
    for (const next of begin.startsWith('{') ? begin : '') this.#take(next);
  }

  #takeBetween(character: string): void {
    const { between, end } = this.#format;
    this.#held += character;
    if (this.#held === '{') {
      this.#held = '';
      this.#state = 'call';
      this.#isNamed = false;
      this.#scanner = new CallScanner(this.#format.argumentsKey);
      this.#takeCall(character);
    } else if (this.#held === end) {
      this.#giveBack(this.#unread === '' ? '' : this.#unread + this.#held);
    } else if (this.#held.length === 1 && between.includes(character)) {
      if (this.#unread !== '') this.#unread += character;
      this.#held = '';
    } else if (!end.startsWith(this.#held)) {
      this.#giveBack(this.#unread + this.#held);
    }
  }

  #takeCall(character: string): void {
    const { name, argumentsDelta, state } = this.#scanner!.push(character);
    if (!this.#isNamed) this.#unread += character;
    if (name !== undefined) {
      this.#outputs.push({ type: 'call', index: this.#numCalls++, name });
      this.#isNamed = true;
      this.#unread = '';
      this.#blanks = '';
    }
    if (argumentsDelta !== undefined) {
      this.#outputs.push({ type: 'arguments', index: this.#numCalls - 1, delta: argumentsDelta });
    }
    if (state === 'done') this.#state = 'between';
    else if (state === 'malformed') this.#giveBack(this.#isNamed ? character : this.#unread);
  }

  /** Takes as text what turned out to be no call. */
  #giveBack(text: string): void {
    this.#held = '';
    this.#unread = '';
    this.#state = 'text';
    this.#addText(text);
  }

  /** Holds blanks back until text follows; those between a call and the first text are dropped. */
  #addText(text: string): void {
    for (const character of text) {
      if (/\s/.test(character)) {
        this.#blanks += character;
        continue;
      }
      const blanks = this.#numCalls > 0 && !this.#hasText ? '' : this.#blanks;
      this.#outputs.push({ type: 'text', text: blanks + character });
      this.#blanks = '';
      this.#hasText = true;
    }
  }
}

function joined(outputs: readonly ToolOutput[]): ToolOutput[] {
  const result: ToolOutput[] = [];
  for (const output of outputs) {
    const last = result.at(-1);
    if (last?.type === 'text' && output.type === 'text') {
      result[result.length - 1] = { type: 'text', text: last.text + output.text };
    } else if (last?.type === 'arguments' && output.type === 'arguments' && last.index === output.index) {
      result[result.length - 1] = { ...last, delta: last.delta + output.delta };
    } else {
      result.push(output);
    }
  }
  return result;
}
