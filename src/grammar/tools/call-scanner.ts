/** What of a call is known after another character. */
export interface CallProgress {
  /** Once: when the name is complete. */
  readonly name?: string;
  /** More of the arguments' JSON text. */
  readonly argumentsDelta?: string;
  /** `done` after the closing brace; `malformed` where the text is no call. */
  readonly state: 'open' | 'done' | 'malformed';
}

type Position = 'object' | 'key' | 'colon' | 'value' | 'comma';

const BLANK = /\s/;

/** Reads a call, `{"name": …, "arguments": …}`, character by character. Arguments that come before the name wait for it;
 * other members are passed over. */
export class CallScanner {
  readonly #argumentsKey: string;
  #position: Position = 'object';
  #key = '';
  /** Of the member being read. */
  #value = '';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #hasName = false;
  #waiting = '';

  constructor(argumentsKey: string) {
    this.#argumentsKey = argumentsKey;
  }

  push(character: string): CallProgress {
    if (this.#position === 'value' || this.#position === 'key') return this.#readValue(character);
    if (BLANK.test(character)) return { state: 'open' };
    if (this.#position === 'object') return this.#expect(character === '{', 'key');
    if (this.#position === 'colon') return this.#expect(character === ':', 'value');
    if (character === '}') return { state: this.#hasName ? 'done' : 'malformed' };
    return this.#expect(character === ',', 'key');
  }

  #expect(isExpected: boolean, next: Position): CallProgress {
    this.#position = next;
    return { state: isExpected ? 'open' : 'malformed' };
  }

  #readValue(character: string): CallProgress {
    if (this.#value === '' && BLANK.test(character)) return { state: 'open' };
    const isBare = !this.#isInString && this.#depth === 0 && this.#value !== '';
    if (isBare && /[,}\s]/.test(character)) {
      const { name, argumentsDelta } = this.#endValue();
      const after = this.push(character);
      return { ...(name !== undefined && { name }), ...(argumentsDelta !== undefined && { argumentsDelta }), ...after };
    }
    if (this.#position === 'key' && this.#value === '' && character !== '"') return { state: 'malformed' };
    this.#value += character;
    this.#track(character);
    const isClosed = !this.#isInString && this.#depth === 0 && /["}\]]/.test(character);
    const delta = this.#argumentsDelta(character);
    if (!isClosed) return delta;
    return { ...delta, ...this.#endValue() };
  }

  #track(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#isInString && character === '\\') this.#isEscaped = true;
    else if (character === '"') this.#isInString = !this.#isInString;
    else if (this.#isInString) return;
    else if (character === '{' || character === '[') this.#depth++;
    else if (character === '}' || character === ']') this.#depth--;
  }

  #argumentsDelta(character: string): CallProgress {
    if (this.#position !== 'value' || this.#key !== this.#argumentsKey) return { state: 'open' };
    if (this.#hasName) return { argumentsDelta: character, state: 'open' };
    this.#waiting += character;
    return { state: 'open' };
  }

  #endValue(): CallProgress {
    const value = this.#value;
    this.#value = '';
    if (this.#position === 'key') {
      this.#position = 'colon';
      const key = parseString(value);
      this.#key = key ?? '';
      return { state: key === undefined ? 'malformed' : 'open' };
    }
    this.#position = 'comma';
    if (this.#key !== 'name' || this.#hasName) return { state: 'open' };
    const name = parseString(value);
    if (name === undefined) return { state: 'malformed' };
    this.#hasName = true;
    const waiting = this.#waiting;
    return { name, ...(waiting !== '' && { argumentsDelta: waiting }), state: 'open' };
  }
}

function parseString(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
