import type { MessagePort, Worker } from 'node:worker_threads';
import { ParlanceError } from '../errors/errors.ts';
import { type EngineCommand, fromErrorMessage, type RequestReport, type StepReport } from './engine-messages.ts';
import { EventStream } from './event-stream.ts';
import type { Engine, EngineLimits, EngineStatistics, GenerationEvent, GenerationRequest } from './types.ts';

const AT_REST: EngineStatistics = { numRunning: 0, numWaiting: 0, numBatchTokens: 0 };

/** An engine at the other end of a port, served there by `serveEngine`. */
export class RemoteEngine implements Engine {
  readonly limits: EngineLimits;
  readonly #port: Pick<MessagePort | Worker, 'postMessage'>;
  readonly #streams = new Map<number, EventStream<GenerationEvent>>();
  #statistics = AT_REST;
  #nextId = 0;
  #gone: ParlanceError | undefined;

  /** The caller hands each {@link StepReport} from the port to {@link receive}. */
  constructor(port: Pick<MessagePort | Worker, 'postMessage'>, limits: EngineLimits) {
    this.#port = port;
    this.limits = limits;
  }

  generate(request: GenerationRequest, signal?: AbortSignal): AsyncIterable<GenerationEvent> {
    const id = this.#nextId++;
    const leave = () => {
      if (this.#streams.delete(id)) this.#send({ type: 'leave', id });
    };
    const stream = new EventStream<GenerationEvent>(leave);
    if (signal?.aborted || this.#gone) {
      stream.fail(this.#gone ?? signal?.reason);
      return stream;
    }
    this.#streams.set(id, stream);
    const abort = () => {
      leave();
      stream.abort(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#send({ type: 'generate', id, request });
    return stream;
  }

  /** Requests that have not ended. */
  get numOutstanding(): number {
    return this.#streams.size;
  }

  /** As of the last step. */
  statistics(): EngineStatistics {
    return this.#statistics;
  }

  /** Asks the other end to close; what runs fails with `overloaded`. */
  async close(): Promise<void> {
    if (this.#gone) return;
    this.#send({ type: 'close' });
    this.fail(new ParlanceError('overloaded', 'the engine is closed'));
  }

  receive({ reports, statistics }: Pick<StepReport, 'reports' | 'statistics'>): void {
    if (this.#gone) return;
    this.#statistics = statistics;
    for (const report of reports) this.#deliver(report);
  }

  /** Ends all that runs with an error, and refuses with it what comes: for when the other end is gone. */
  fail(error: ParlanceError): void {
    this.#gone ??= error;
    this.#statistics = AT_REST;
    for (const stream of this.#streams.values()) stream.fail(error);
    this.#streams.clear();
  }

  #deliver(report: RequestReport): void {
    const stream = this.#streams.get(report.id);
    if (report.type === 'event') {
      stream?.push(report.event);
      return;
    }
    this.#streams.delete(report.id);
    if (report.type === 'end') stream?.end();
    else stream?.fail(fromErrorMessage(report.error));
  }

  #send(command: EngineCommand): void {
    this.#port.postMessage(command);
  }
}
