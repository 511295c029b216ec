import type { Container } from './container.ts';
import { ContainerFailure, type ContainerSpec } from './start-container.ts';

export type DeploymentState =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting'; readonly abort: AbortController }
  | { readonly kind: 'running'; readonly container: Container }
  | { readonly kind: 'failed'; readonly reason: string };

/** Starts a container. @throws ContainerFailure */
export type StartContainer = (spec: ContainerSpec, signal: AbortSignal) => Promise<Container>;

/** A place that one container runs in: it is started, stopped and started again. */
export class Deployment {
  readonly #start: StartContainer;
  #state: DeploymentState;
  #starting: Promise<void> = Promise.resolve();

  /** @param running what runs there already */
  constructor(start: StartContainer, running?: Container) {
    this.#start = start;
    this.#state = running === undefined ? { kind: 'stopped' } : { kind: 'running', container: running };
  }

  get state(): DeploymentState {
    return this.#state;
  }

  /** @returns the container, where one runs */
  get container(): Container | undefined {
    return this.#state.kind === 'running' ? this.#state.container : undefined;
  }

  /** Starts a container, in the place of what runs or starts. Never rejects: the state tells how it went. */
  start(spec: ContainerSpec): Promise<void> {
    const ended = this.#end();
    const abort = new AbortController();
    this.#state = { kind: 'starting', abort };
    this.#starting = this.#run(spec, abort, ended);
    return this.#starting;
  }

  /** Ends what runs or starts. */
  async stop(): Promise<void> {
    const ended = this.#end();
    this.#state = { kind: 'stopped' };
    await ended;
  }

  /** Resolves when no start is under way. */
  settled(): Promise<void> {
    return this.#starting;
  }

  async #run(spec: ContainerSpec, abort: AbortController, ended: Promise<void>): Promise<void> {
    try {
      await ended;
      if (abort.signal.aborted) return;
      const container = await this.#start(spec, abort.signal);
      if (abort.signal.aborted) await container.stop();
      else this.#state = { kind: 'running', container };
    } catch (error) {
      const reason = error instanceof ContainerFailure ? error.message : String(error);
      if (!abort.signal.aborted) this.#state = { kind: 'failed', reason };
    }
  }

  async #end(): Promise<void> {
    const before = this.#state;
    if (before.kind === 'starting') before.abort.abort();
    await this.#starting;
    if (before.kind === 'running') await before.container.stop();
  }
}
