const REPLACEMENT = '\ufffd';
/** A window beyond this length is one that never became text; its end is looked at before it is decoded whole. */
const LONG_WINDOW = 32;
const TAIL = 16;
/** How many prompt tokens TGI decodes along with the first generated ones. */
export const NUM_CONTEXT_TOKENS = 5;

export type Decode = (ids: readonly number[]) => Promise<string>;

/** Turns tokens into text one by one: TGI's decode_token, whose window is the tokens that gave text last (they decide
 * whether a decoder adds a space) and those that gave none yet (the bytes of an unfinished character). */
export class Detokenizer {
  readonly #decode: Decode;
  /** The last tokens with text, then the tokens without: `ids[prefix_offset:]` of decode_token. */
  #window: number[];
  /** How many of the window gave their text: `read_offset - prefix_offset`. */
  #numRead: number;
  #prefix: Promise<string> | undefined;

  /** @param context the tokens before the first, whose text is known */
  constructor(decode: Decode, context: readonly number[]) {
    this.#decode = decode;
    this.#window = [...context];
    this.#numRead = context.length;
  }

  /** As TGI starts a generation. */
  static afterPrompt(decode: Decode, promptIds: readonly number[]): Detokenizer {
    return new Detokenizer(decode, promptIds.slice(-NUM_CONTEXT_TOKENS));
  }

  /** The text that this token completes: empty inside a character. */
  async push(id: number): Promise<string> {
    this.#window.push(id);
    if (this.#window.length > LONG_WINDOW) {
      // Else bytes that never make a character would be decoded again with each further token.
      const tail = await this.#decode(this.#window.slice(-TAIL));
      if (tail.endsWith(REPLACEMENT)) return '';
    }
    const text = await this.#decodeNew();
    if (text === '' || text.endsWith(REPLACEMENT)) return '';
    this.#window = this.#window.slice(this.#numRead);
    this.#numRead = this.#window.length;
    this.#prefix = undefined;
    return text;
  }

  /** What is valid of the tokens that gave no text, at the end of a generation. Where the answer was cut inside a
   * character, TGI gives nothing of it. */
  async flush(): Promise<string> {
    if (this.#window.length === this.#numRead) return '';
    return withoutUnfinishedEnd(await this.#decodeNew());
  }

  /** Whether both would give the same text for the same further tokens. */
  isLike(other: Detokenizer): boolean {
    return (
      this.#numRead === other.#numRead &&
      this.#window.length === other.#window.length &&
      this.#window.every((id, index) => id === other.#window[index])
    );
  }

  follow(other: Detokenizer): void {
    this.#window = [...other.#window];
    this.#numRead = other.#numRead;
    this.#prefix = other.#prefix;
  }

  async #decodeNew(): Promise<string> {
    this.#prefix ??= this.#decode(this.#window.slice(0, this.#numRead));
    const [prefix, text] = await Promise.all([this.#prefix, this.#decode(this.#window)]);
    return afterPrefix(prefix, text);
  }
}

/** The text of these tokens, decoded at once after the tokens before them; an unfinished character at the end is left
 * out. */
export async function decodeAfter(decode: Decode, context: readonly number[], ids: readonly number[]): Promise<string> {
  const [prefix, text] = await Promise.all([decode(context), decode([...context, ...ids])]);
  return withoutUnfinishedEnd(afterPrefix(prefix, text));
}

/** What follows the first characters of a text, as many as the prefix has: they may differ, where the prefix ended inside
 * a character. */
function afterPrefix(prefix: string, text: string): string {
  if (text.startsWith(prefix)) return text.slice(prefix.length);
  return [...text].slice([...prefix].length).join('');
}

/** Without the replacement characters at its end, which stand for bytes of an unfinished character. */
function withoutUnfinishedEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === REPLACEMENT) end--;
  return text.slice(0, end);
}
