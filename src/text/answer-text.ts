import { type Decode, Detokenizer, decodeAfter, NUM_CONTEXT_TOKENS } from './detokenizer.ts';
import { StopCursor, StopStrings } from './stop-strings.ts';

export interface AnswerTextOptions {
  readonly decode: Decode;
  readonly specialIds: ReadonlySet<number>;
  readonly promptIds: readonly number[];
  readonly stop: readonly string[];
  readonly stopMatching: 'suffix' | 'anywhere';
}

interface TokenText {
  /** What the token adds, special tokens included, by TGI's decode_token. */
  readonly text: string;
  readonly delta: string;
  /** Whether a stop string ends the answer with this token. */
  readonly isStopped: boolean;
}

/** The text of an answer as it grows, in two views: each token's own text with special tokens, as TGI streams it, and the
 * text without special tokens and stop string, of which only what is certain is given. */
export class AnswerText {
  readonly #options: AnswerTextOptions;
  /** What TGI decodes the whole answer after. */
  readonly #lastPromptIds: readonly number[];
  readonly #visibleIds: number[] = [];
  readonly #raw: Detokenizer;
  readonly #visible: Detokenizer;
  readonly #rawCursor: StopCursor;
  readonly #visibleCursor: StopCursor;
  /** Visible text that may be the start of a stop string. */
  #held = '';
  #isStopped = false;

  constructor(options: AnswerTextOptions) {
    const { decode, specialIds, promptIds, stop, stopMatching } = options;
    this.#options = options;
    this.#lastPromptIds = promptIds.slice(-1).filter((id) => !specialIds.has(id));
    this.#raw = Detokenizer.afterPrompt(decode, promptIds);
    // After a special token, such as the one that begins the assistant's turn, a text begins anew: without the space that
    // a decoder would put between words.
    const visibleContext = this.#lastPromptIds.length > 0 ? promptIds.slice(-NUM_CONTEXT_TOKENS) : [];
    this.#visible = new Detokenizer(
      decode,
      visibleContext.filter((id) => !specialIds.has(id)),
    );
    // An empty string ends any text; as a place in a text it means nothing.
    const stops = new StopStrings(stopMatching === 'suffix' ? stop : stop.filter((string) => string !== ''));
    this.#rawCursor = new StopCursor(stops);
    this.#visibleCursor = new StopCursor(stops);
  }

  /** Tokens must be pushed one after another. Nothing follows a token that stops the answer. */
  async push(id: number): Promise<TokenText> {
    const [text, visibleText] = await this.#detokenize(id);
    this.#rawCursor.read(text);
    const endsRaw = this.#rawCursor.stopLength !== undefined;
    if (this.#options.stopMatching === 'anywhere') return { text, ...this.#readAnywhere(visibleText, endsRaw) };
    this.#visibleCursor.read(visibleText);
    this.#held += visibleText;
    this.#isStopped = endsRaw;
    return { text, delta: this.#release(endsRaw ? this.#visibleCursor.stopLength : undefined), isStopped: endsRaw };
  }

  /** The rest of the text, and all of it as TGI gives it: decoded at once, stop string kept. */
  async finish(): Promise<{ delta: string; generatedText: string; isStopped: boolean }> {
    const { decode, stopMatching } = this.#options;
    const [rest, generatedText] = await Promise.all([
      this.#isStopped ? '' : this.#visible.flush(),
      decodeAfter(decode, this.#lastPromptIds, this.#visibleIds),
    ]);
    if (stopMatching === 'anywhere' && !this.#isStopped) {
      const { delta } = this.#readAnywhere(rest, false);
      return { delta: delta + this.#take(this.#held.length), generatedText, isStopped: this.#isStopped };
    }
    return { delta: this.#take(this.#held.length) + rest, generatedText, isStopped: this.#isStopped };
  }

  async #detokenize(id: number): Promise<[string, string]> {
    if (this.#options.specialIds.has(id)) return [await this.#raw.push(id), ''];
    this.#visibleIds.push(id);
    if (!this.#visible.isLike(this.#raw)) return Promise.all([this.#raw.push(id), this.#visible.push(id)]);
    const text = await this.#raw.push(id);
    this.#visible.follow(this.#raw);
    return [text, text];
  }

  /** @param endsRaw whether a stop string with special tokens in it ends the other view */
  #readAnywhere(text: string, endsRaw: boolean): { delta: string; isStopped: boolean } {
    const end = this.#visibleCursor.readUntilStop(text);
    this.#held += text.slice(0, end);
    this.#isStopped = end !== undefined || endsRaw;
    if (end !== undefined) return { delta: this.#release(this.#visibleCursor.stopLength), isStopped: true };
    return { delta: endsRaw ? this.#take(this.#held.length) : this.#release(), isStopped: endsRaw };
  }

  /** What is certain of the held text; all but the stop string where one ends it. */
  #release(stopLength?: number): string {
    if (stopLength === undefined) return this.#take(this.#held.length - this.#visibleCursor.pendingLength);
    const delta = this.#take(Math.max(0, this.#held.length - stopLength));
    this.#held = '';
    return delta;
  }

  #take(length: number): string {
    const taken = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return taken;
  }
}
