import type { ResourceLimits, Worker } from 'node:worker_threads';
import { type ErrorCode, ParlanceError } from '../errors/errors.ts';
import { startWorker } from './start-worker.ts';
import { processorMs } from './thread-time.ts';
import type { WorkerMessage } from './worker-tasks.ts';

export interface WorkerPoolOptions {
  /** The worker's file below `dist`, without extension; it calls `serveTasks`. */
  readonly entry: string;
  readonly workerData?: unknown;
  readonly numWorkers: number;
  /** A task that takes longer is ended with its worker. Where the kernel tells, it is the worker's time on a processor: a
   * busy machine makes no task too long. The worker's start doesn't count. @default none */
  readonly timeLimitMs?: number;
  readonly resourceLimits?: ResourceLimits;
  /** How a task fails whose worker died or was ended. */
  readonly failure: { readonly code: ErrorCode; readonly timedOut: string; readonly died: string };
}

interface Job<Task, Result> {
  readonly task: Task;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Member<Task, Result> {
  readonly worker: Worker;
  isReady: boolean;
  kernelThread: number | undefined;
  job: Job<Task, Result> | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** How many times its limit a task may take that hardly gets a processor. */
const MOST_WAITING = 8;

/** Worker threads that take one task at a time, first come, first served. A worker that dies fails the one task it had;
 * the next task that finds no idle worker starts another in its place. */
export class WorkerPool<Task, Result> {
  readonly #options: WorkerPoolOptions;
  readonly #members = new Set<Member<Task, Result>>();
  readonly #queue: Job<Task, Result>[] = [];
  #isClosed = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
  }

  /** Starts all workers, so that no first task waits for one. @throws internal where one can't start */
  async start(): Promise<void> {
    while (this.#members.size < this.#options.numWorkers) this.#addMember();
    await Promise.all(
      [...this.#members].map(
        ({ worker }) =>
          new Promise<void>((resolve, reject) => {
            worker.once('message', () => resolve());
            worker.once('exit', () => reject(this.#death()));
          }),
      ),
    );
  }

  /** @throws the task's own error; the pool's failure code where its worker died; the signal's reason where it is
   * aborted before a worker takes it */
  run(task: Task, signal?: AbortSignal): Promise<Result> {
    if (this.#isClosed) return Promise.reject(new ParlanceError('unavailable', 'the server is shutting down'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, signal, resolve, reject });
      this.#dispatch();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const closing = new ParlanceError('unavailable', 'the server is shutting down');
    for (const job of this.#queue.splice(0)) job.reject(closing);
    await Promise.all([...this.#members].map((member) => this.#end(member, closing)));
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const [job] = this.#queue as [Job<Task, Result>];
      if (job.signal?.aborted) {
        this.#queue.shift();
        job.reject(job.signal.reason);
        continue;
      }
      const idle = [...this.#members].find((member) => member.job === undefined);
      if (idle === undefined && this.#members.size >= this.#options.numWorkers) return;
      this.#queue.shift();
      this.#assign(idle ?? this.#addMember(), job);
    }
  }

  #assign(member: Member<Task, Result>, job: Job<Task, Result>): void {
    member.job = job;
    if (member.isReady) this.#startTimer(member);
    try {
      member.worker.postMessage(job.task);
    } catch (error) {
      this.#settle(member)?.reject(error);
    }
  }

  #startTimer(member: Member<Task, Result>): void {
    const { timeLimitMs, failure } = this.#options;
    if (timeLimitMs === undefined) return;
    const startMs = processorMs(member.kernelThread);
    const latest = performance.now() + MOST_WAITING * timeLimitMs;
    const expire = () => {
      const nowMs = processorMs(member.kernelThread);
      const leftMs = startMs === undefined || nowMs === undefined ? 0 : timeLimitMs - (nowMs - startMs);
      const waitMs = Math.min(leftMs, latest - performance.now());
      if (waitMs >= 1) member.timer = setTimeout(expire, waitMs);
      else void this.#end(member, new ParlanceError(failure.code, failure.timedOut));
    };
    member.timer = setTimeout(expire, timeLimitMs);
  }

  #addMember(): Member<Task, Result> {
    const { entry, workerData, resourceLimits } = this.#options;
    const worker = startWorker(entry, { workerData, ...(resourceLimits && { resourceLimits }) });
    const member: Member<Task, Result> = {
      worker,
      isReady: false,
      kernelThread: undefined,
      job: undefined,
      timer: undefined,
    };
    this.#members.add(member);
    worker.on('message', (message: WorkerMessage<Result>) => this.#receive(member, message));
    worker.on('error', (error) => void this.#end(member, this.#death(error)));
    worker.on('exit', () => void this.#end(member, this.#death()));
    return member;
  }

  #receive(member: Member<Task, Result>, message: WorkerMessage<Result>): void {
    if (message.type === 'ready') {
      member.isReady = true;
      member.kernelThread = message.kernelThread;
      if (member.job !== undefined) this.#startTimer(member);
      return;
    }
    const job = this.#settle(member);
    if (message.type === 'result') job?.resolve(message.result);
    else job?.reject(new ParlanceError(message.code, message.message));
    this.#dispatch();
  }

  #settle(member: Member<Task, Result>): Job<Task, Result> | undefined {
    const { job } = member;
    clearTimeout(member.timer);
    member.job = undefined;
    return job;
  }

  async #end(member: Member<Task, Result>, error: ParlanceError): Promise<void> {
    if (!this.#members.delete(member)) return;
    this.#settle(member)?.reject(error);
    await member.worker.terminate();
    if (!this.#isClosed) this.#dispatch();
  }

  #death(cause?: unknown): ParlanceError {
    const { code, died } = this.#options.failure;
    // An error that crossed from a worker need not be an instance of this thread's Error.
    const hasMessage = typeof cause === 'object' && cause !== null && 'message' in cause;
    const reason = hasMessage ? `${died}: ${cause.message}` : died;
    return new ParlanceError(code, reason, { cause });
  }
}
