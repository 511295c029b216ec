import { parentPort, workerData } from 'node:worker_threads';
import type { Vocabulary } from '../vocabulary/vocabulary.ts';
import type { GrammarMasks } from './grammar-masks.ts';
import { type Matcher, MatcherFactory } from './matcher.ts';
import { FAILED, type MatcherCommand, type SharedAnswer, sharedAnswer } from './matcher-messages.ts';

/** Grammars that no sequence uses, kept for the next one that does. */
const MAX_IDLE_GRAMMARS = 16;

interface Session {
  readonly matcher: Matcher;
  readonly answer: SharedAnswer;
  readonly grammarKey: string;
}

interface GrammarInUse {
  readonly masks: GrammarMasks;
  numSessions: number;
}

/** The thread that owns the matchers: computes each sequence's next mask while the model runs in the engine's thread. */
class MatcherServer {
  readonly #vocabulary: Vocabulary;
  readonly #factory: MatcherFactory;
  readonly #sessions = new Map<number, Session>();
  readonly #grammars = new Map<string, GrammarInUse>();

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#factory = new MatcherFactory(vocabulary);
  }

  receive(command: MatcherCommand): void {
    if (command.type === 'open') this.#open(command);
    else if (command.type === 'advance') this.#advance(command);
    else this.#close(command.id);
  }

  #open({ id, grammar, stopIds, tokens, remaining, answer: buffer }: Extract<MatcherCommand, { type: 'open' }>): void {
    const answer = sharedAnswer(this.#vocabulary.size, buffer);
    this.#answer(answer, () => {
      const inUse = this.#grammars.get(grammar.key) ?? {
        masks: this.#factory.masks(grammar.automaton),
        numSessions: 0,
      };
      this.#grammars.delete(grammar.key);
      this.#grammars.set(grammar.key, inUse);
      inUse.numSessions++;
      const matcher = this.#factory.matcher(inUse.masks, stopIds);
      this.#sessions.set(id, { matcher, answer, grammarKey: grammar.key });
      for (const token of tokens) advance(matcher, token);
      matcher.fill(answer.mask, remaining);
      return tokens.length + 1;
    });
    this.#dropIdleGrammars();
  }

  #advance({ id, token, remaining }: Extract<MatcherCommand, { type: 'advance' }>): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    const { matcher, answer } = session;
    this.#answer(answer, () => {
      advance(matcher, token);
      matcher.fill(answer.mask, remaining);
      return answer.numMasks[0]! + 1;
    });
  }

  /** One sequence that fails leaves the others alone. */
  #answer({ numMasks }: SharedAnswer, compute: () => number): void {
    let result: number = FAILED;
    try {
      if (Atomics.load(numMasks, 0) !== FAILED) result = compute();
    } catch {
      result = FAILED;
    }
    Atomics.store(numMasks, 0, result);
    Atomics.notify(numMasks, 0);
  }

  #close(id: number): void {
    const session = this.#sessions.get(id);
    if (!session) return;
    this.#sessions.delete(id);
    this.#grammars.get(session.grammarKey)!.numSessions--;
    this.#dropIdleGrammars();
  }

  #dropIdleGrammars(): void {
    const idle = [...this.#grammars].filter(([, { numSessions }]) => numSessions === 0);
    for (const [key] of idle.slice(0, Math.max(0, idle.length - MAX_IDLE_GRAMMARS))) this.#grammars.delete(key);
  }
}

function advance(matcher: Matcher, token: number): void {
  if (!matcher.advance(token)) throw new Error(`token ${token} is not what the grammar allows`);
}

if (parentPort !== null) {
  const server = new MatcherServer(workerData as Vocabulary);
  parentPort.on('message', (commands: readonly MatcherCommand[]) => {
    for (const command of commands) server.receive(command);
  });
}
