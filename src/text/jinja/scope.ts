import type { JsonStyle } from './printing.ts';
import { TemplateError, Undefined, type Value } from './values.ts';

/** Names and their values; each loop, macro and block has its own, so that what is set inside ends with it. */
export class Scope {
  readonly #parent: Scope | undefined;
  readonly #values: Map<string, Value>;
  /** How `tojson` prints; of the outermost scope. */
  readonly jsonStyle: JsonStyle;

  constructor(parent?: Scope, values: Iterable<readonly [string, Value]> = [], jsonStyle: JsonStyle = 'python') {
    this.#parent = parent;
    this.jsonStyle = parent?.jsonStyle ?? jsonStyle;
    this.#values = new Map(values);
  }

  get(name: string): Value {
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    return this.#parent === undefined ? new Undefined(`'${name}' is undefined`) : this.#parent.get(name);
  }

  set(name: string, value: Value): void {
    this.#values.set(name, value);
  }
}

/** What a template has printed. @throws TemplateError beyond the length, in UTF-16 units */
export class Output {
  readonly maxLength: number;
  text = '';

  constructor(maxLength: number) {
    this.maxLength = maxLength;
  }

  write(text: string): void {
    this.text += text;
    if (this.text.length > this.maxLength) {
      throw new TemplateError(`the chat template printed more than ${this.maxLength} characters`);
    }
  }
}
