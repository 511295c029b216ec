import type { Log } from '../gateway-options.ts';
import type { Container } from './container.ts';
import { type ContainerSpec, killContainers, startContainer } from './start-container.ts';

/** Runs the containers of this gateway: each is a process of its own. */
export class ContainerHost {
  readonly #command: readonly string[];
  readonly #log: Log;
  /** Ends all that starts. */
  readonly #end = new AbortController();
  readonly #running = new Set<Container>();
  readonly #starting = new Set<Promise<Container>>();

  /** @param command that serves a model by its environment: program and arguments */
  constructor(command: readonly string[], log: Log) {
    this.#command = command;
    this.#log = log;
    process.on('exit', killContainers);
  }

  /** @throws ContainerFailure */
  readonly start = async (spec: ContainerSpec, signal: AbortSignal): Promise<Container> => {
    const startedAt = performance.now();
    this.#log.info(`${spec.name}: starting a container`);
    const starting = startContainer(this.#command, spec, {
      signal: AbortSignal.any([signal, this.#end.signal]),
      onLine: (line) => this.#log.debug({ container: spec.name }, line),
    });
    this.#starting.add(starting);
    try {
      const container = await starting;
      this.#running.add(container);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      this.#log.info(`${spec.name}: healthy after ${seconds} s at ${container.url}`);
      return { ...container, stop: () => this.#stop(container, spec.name) };
    } catch (error) {
      if (!signal.aborted) this.#log.error(`${spec.name}: ${error instanceof Error ? error.message : error}`);
      throw error;
    } finally {
      this.#starting.delete(starting);
    }
  };

  async #stop(container: Container, name: string): Promise<void> {
    await container.stop();
    if (this.#running.delete(container)) this.#log.info(`${name}: its container has ended`);
  }

  /** Ends all containers, and those that are being started. */
  async stopAll(): Promise<void> {
    this.#end.abort();
    await Promise.allSettled(this.#starting);
    await Promise.all([...this.#running].map((container) => container.stop()));
    process.removeListener('exit', killContainers);
  }
}
