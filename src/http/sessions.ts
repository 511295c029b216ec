import { ParlanceError } from '../errors/errors.ts';

export interface Session {
  readonly id: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

export interface SessionsOptions {
  readonly lifetimeSeconds: number;
  readonly newId: () => string;
  readonly epochSeconds: () => number;
}

/** Beyond this many, the oldest ends early: a client must not be able to fill the memory. */
const MAX_SESSIONS = 10_000;

/** Sessions that SageMaker routes to this instance. They hold nothing themselves: what they are for, the prompts that
 * were computed here, the engine keeps and reuses anyway. */
export class Sessions {
  readonly #options: SessionsOptions;
  /** By id, oldest first, which is the order in which they expire. */
  readonly #sessions = new Map<string, Session>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  create(): Session {
    this.#removeExpired();
    const [oldest] = this.#sessions.keys();
    if (oldest !== undefined && this.#sessions.size >= MAX_SESSIONS) this.#sessions.delete(oldest);
    const { lifetimeSeconds, newId, epochSeconds } = this.#options;
    const session = { id: newId(), expiresAt: epochSeconds() + lifetimeSeconds };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** @throws unknown_session for one that was never there, has expired or was closed */
  check(id: string): void {
    this.#removeExpired();
    if (this.#sessions.has(id)) return;
    throw new ParlanceError('unknown_session', `there is no session ${JSON.stringify(id)}, or it has ended`, {
      param: 'X-Amzn-SageMaker-Session-Id',
    });
  }

  /** @throws unknown_session */
  close(id: string): void {
    this.check(id);
    this.#sessions.delete(id);
  }

  #removeExpired(): void {
    const now = this.#options.epochSeconds();
    for (const { id, expiresAt } of this.#sessions.values()) {
      if (expiresAt > now) return;
      this.#sessions.delete(id);
    }
  }
}
