import type { Worker } from 'node:worker_threads';
import { ParlanceError } from '../../errors/errors.ts';
import { startWorker } from '../../system/start-worker.ts';
import type { CompiledGrammar } from '../automaton/compiled-grammar.ts';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import { FAILED, type MatcherCommand, type SharedAnswer, sharedAnswer } from './matcher-messages.ts';
import type { ConstraintSource, TokenConstraint } from './token-constraint.ts';
import type { TokenMask } from './token-mask.ts';

export interface MatcherThreadOptions {
  readonly vocabulary: Vocabulary;
  /** A mask that takes longer means that the thread has died. @default 3000 */
  readonly timeLimitMs?: number;
  /** @default the matcher worker */
  readonly startWorker?: (vocabulary: Vocabulary) => Worker;
}

/** Threads that may die one after the other without having given a mask. */
const MAX_DEATHS = 3;

/** Computes masks in a thread of its own, which works while the model blocks the caller's. When it dies, another takes its
 * place and reads the tokens of every sequence again. */
export class MatcherThread implements ConstraintSource {
  readonly #vocabulary: Vocabulary;
  readonly #timeLimitMs: number;
  readonly #startWorker: (vocabulary: Vocabulary) => Worker;
  readonly #sessions = new Map<number, Session>();
  /** What the thread is still to be told. A step's tokens go in one message: each costs both threads as much as a mask. */
  #outbox: MatcherCommand[] = [];
  #worker: Worker;
  #nextId = 0;
  #numDeaths = 0;
  #isClosed = false;

  constructor({ vocabulary, timeLimitMs = 3000, startWorker = startMatcherWorker }: MatcherThreadOptions) {
    this.#startWorker = startWorker;
    this.#vocabulary = vocabulary;
    this.#timeLimitMs = timeLimitMs;
    this.#worker = this.#start();
  }

  open(grammar: CompiledGrammar, stopIds: readonly number[], maxTokens: number): TokenConstraint {
    const id = this.#nextId++;
    const send = (command: MatcherCommand) => this.#send(command);
    const session = new Session({ id, grammar, stopIds, maxTokens, vocabSize: this.#vocabulary.size, send });
    this.#sessions.set(id, session);
    session.open();
    return {
      mask: () => this.#wait(session),
      advance: (token) => session.advance(token),
      close: () => {
        if (this.#sessions.delete(id)) send({ type: 'close', id });
      },
    };
  }

  /** The engine takes all tokens of a step before it waits for anything. */
  #send(command: MatcherCommand): void {
    if (this.#outbox.push(command) === 1) queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    if (this.#outbox.length > 0) this.#worker.postMessage(this.#outbox);
    this.#outbox = [];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker.terminate();
  }

  #start(): Worker {
    const worker = this.#startWorker(this.#vocabulary);
    const replace = () => {
      if (worker === this.#worker && !this.#isClosed) this.#restart();
    };
    worker.on('error', replace);
    worker.on('exit', replace);
    return worker;
  }

  #restart(): void {
    if (++this.#numDeaths > MAX_DEATHS) return;
    void this.#worker.terminate();
    this.#worker = this.#start();
    this.#outbox = []; // sessions are opened with all their tokens
    for (const session of this.#sessions.values()) session.open();
  }

  /** @throws generation where a second thread gives no mask either */
  #wait(session: Session): TokenMask {
    this.#flush();
    let mask = session.wait(this.#timeLimitMs);
    if (!mask) {
      this.#restart();
      this.#flush();
      mask = session.wait(this.#timeLimitMs);
    }
    if (mask) {
      this.#numDeaths = 0;
      return mask;
    }
    throw new ParlanceError('generation', `the grammar gave no mask within ${this.#timeLimitMs} ms`);
  }
}

export function startMatcherWorker(vocabulary: Vocabulary): Worker {
  return startWorker('grammar/masks/matcher-worker', { workerData: vocabulary });
}

interface SessionOptions {
  readonly id: number;
  readonly grammar: CompiledGrammar;
  readonly stopIds: readonly number[];
  readonly maxTokens: number;
  readonly vocabSize: number;
  readonly send: (command: MatcherCommand) => void;
}

/** One sequence, as the engine's side knows it. */
class Session {
  readonly #options: SessionOptions;
  readonly #tokens: number[] = [];
  #answer: SharedAnswer;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#answer = sharedAnswer(options.vocabSize);
  }

  /** With memory of its own each time: a thread that hangs may still write to the last one. */
  open(): void {
    const { id, grammar, stopIds, vocabSize, send } = this.#options;
    this.#answer = sharedAnswer(vocabSize);
    const { buffer: answer } = this.#answer;
    send({ type: 'open', id, grammar, stopIds, tokens: [...this.#tokens], remaining: this.#remaining, answer });
  }

  advance(token: number): void {
    this.#tokens.push(token);
    this.#options.send({ type: 'advance', id: this.#options.id, token, remaining: this.#remaining });
  }

  get #remaining(): number {
    return this.#options.maxTokens - this.#tokens.length;
  }

  /** Blocks the thread until the mask is there. @returns undefined where it did not come in time @throws generation */
  wait(timeLimitMs: number): TokenMask | undefined {
    const { numMasks, mask } = this.#answer;
    const wanted = this.#tokens.length + 1;
    const deadline = performance.now() + timeLimitMs;
    for (let current = Atomics.load(numMasks, 0); current !== wanted; current = Atomics.load(numMasks, 0)) {
      if (current === FAILED) throw new ParlanceError('generation', 'the grammar does not allow what was generated');
      const waitMs = deadline - performance.now();
      if (waitMs <= 0) return undefined;
      Atomics.wait(numMasks, 0, current, waitMs);
    }
    return mask;
  }
}
