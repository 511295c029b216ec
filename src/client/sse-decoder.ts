/** A server-sent event. */
export interface ServerSentEvent {
  /** `message` where the server names none. */
  readonly event: string;
  /** Its data lines, joined by line feeds. */
  readonly data: string;
}

/** Puts server-sent events together from bytes that are cut anywhere: within a character, a line end or an event.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export class SseDecoder {
  /** Keeps the bytes of a character that a cut has split, and drops a byte order mark. */
  readonly #decoder = new TextDecoder();
  #line = '';
  #endsInCarriageReturn = false;
  #event = '';
  #data: string[] = [];

  /** @returns the events that these bytes complete */
  push(bytes: Uint8Array): ServerSentEvent[] {
    return this.#read(this.#decoder.decode(bytes, { stream: true }));
  }

  /** @returns the event that the stream's end completes, where a server leaves the last blank line out */
  end(): ServerSentEvent[] {
    return this.#read(`${this.#decoder.decode()}\n\n`);
  }

  /** Looks at each character once, however finely the text is cut. */
  #read(text: string): ServerSentEvent[] {
    const isSplitLineEnd = this.#endsInCarriageReturn && text.startsWith('\n');
    const rest = isSplitLineEnd ? text.slice(1) : text;
    if (text !== '') this.#endsInCarriageReturn = text.endsWith('\r');
    const lines = rest.split(/\r\n|\r|\n/);
    const unfinished = lines.pop()!;
    const events: ServerSentEvent[] = [];
    for (const line of lines) {
      const event = this.#take(this.#line + line);
      this.#line = '';
      if (event) events.push(event);
    }
    this.#line += unfinished;
    return events;
  }

  #take(line: string): ServerSentEvent | undefined {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    if (field === 'event') this.#event = value;
    return undefined;
  }

  #dispatch(): ServerSentEvent | undefined {
    const event = this.#event || 'message';
    const data = this.#data;
    this.#event = '';
    this.#data = [];
    return data.length === 0 ? undefined : { event, data: data.join('\n') };
  }
}
