import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { ParlanceError } from '../errors/errors.ts';
import type { ConstraintSource } from '../grammar/masks/token-constraint.ts';
import type { CausalModel } from '../models/causal-model.ts';
import { checkRequest } from './check-request.ts';
import { EventStream } from './event-stream.ts';
import { Generation } from './generation.ts';
import { startLaps } from './laps.ts';
import { Candidates } from './sampling/candidates.ts';
import { GreenLists, type WatermarkOptions } from './sampling/green-lists.ts';
import { Sampler, type SamplerContext } from './sampling/sampler.ts';
import { Scheduler, type SchedulerOptions } from './scheduler.ts';
import { Sequence } from './sequence.ts';
import type { Engine, EngineLimits, EngineRun, EngineStatistics, GenerationEvent, GenerationRequest } from './types.ts';

export type BatchingOptions = Omit<SchedulerOptions, 'numSlots'>;

export interface InProcessEngineOptions {
  /** Belongs to the engine from here on. */
  readonly model: CausalModel;
  readonly batching: BatchingOptions;
  readonly watermark: WatermarkOptions;
  /** Belongs to the engine from here on; requests with a grammar are refused without. */
  readonly constraints?: ConstraintSource;
  /** Milliseconds, of any origin. @default performance.now */
  readonly now?: () => number;
  /** A u64. @default the system's random source */
  readonly randomSeed?: () => bigint;
  /** Called after each run of the model. */
  readonly onRun?: (run: EngineRun) => void;
  /** Called after each step, with all of its events out and the statistics up to date. */
  readonly onStep?: () => void;
}

type RunTimes = Pick<EngineRun, 'forwardMs' | 'samplingMs' | 'joinMs'>;

/** The engine in the calling thread: runs the model for all requests together, step by step, while there are any. */
export class InProcessEngine implements Engine {
  readonly limits: EngineLimits;
  readonly #options: InProcessEngineOptions;
  readonly #model: CausalModel;
  readonly #scheduler: Scheduler;
  readonly #sampling: SamplerContext;
  readonly #generations = new Map<Sequence, Generation>();
  readonly #left = new Set<Sequence>();
  #loop: Promise<void> | undefined;
  #closed: ParlanceError | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: InProcessEngineOptions) {
    const { model, batching, watermark } = options;
    const { numSlots, maxPositions, vocabSize } = model;
    this.#options = options;
    this.#model = model;
    this.#scheduler = new Scheduler({ ...batching, numSlots });
    this.#sampling = { candidates: new Candidates(vocabSize), greenLists: new GreenLists(vocabSize, watermark) };
    this.limits = { numSlots, maxPositions, vocabSize, maxBatchTotalTokens: batching.maxBatchTotalTokens };
  }

  generate(request: GenerationRequest, signal?: AbortSignal): AsyncIterable<GenerationEvent> {
    const sequence = new Sequence(request, this.#model.sharesPrefixes);
    const leave = () => void this.#left.add(sequence);
    const stream = new EventStream<GenerationEvent>(leave);
    let generation: Generation | undefined;
    try {
      signal?.throwIfAborted();
      if (this.#closed) throw this.#closed;
      checkRequest(request, this.limits);
      if (request.grammar && !this.#options.constraints) throw noGrammars();
      generation = this.#createGeneration(request, sequence, stream);
      this.#scheduler.add(sequence);
    } catch (error) {
      generation?.close();
      stream.fail(error);
      return stream;
    }
    this.#generations.set(sequence, generation);
    const abort = () => {
      leave();
      stream.abort(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#loop ??= this.#run();
    return stream;
  }

  statistics(): EngineStatistics {
    return this.#scheduler.statistics();
  }

  /** Ends what runs with `overloaded`, and disposes of the model once its last run is over. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = new ParlanceError('overloaded', 'the engine is closed');
    this.#closed = closed;
    for (const { sequence, stream } of this.#generations.values()) {
      this.#left.add(sequence);
      stream.fail(closed);
    }
    await this.#loop;
    await this.#options.constraints?.close();
    this.#model.dispose();
  }

  #createGeneration(request: GenerationRequest, sequence: Sequence, stream: EventStream<GenerationEvent>): Generation {
    const { now = performanceNow, randomSeed = systemSeed, constraints } = this.#options;
    const { grammar, stopIds, maxNewTokens } = request;
    const seed = request.sampling.doSample ? (request.sampling.seed ?? randomSeed()) : undefined;
    const sampler = new Sampler(request, seed, this.#sampling);
    const constraint = grammar && constraints?.open(grammar, stopIds, maxNewTokens);
    return new Generation({ request, sequence, sampler, constraint, stream, seed, now });
  }

  async #run(): Promise<void> {
    while (this.#scheduler.hasWork) {
      this.#removeLeavers();
      while (await this.#prefill()) this.#removeLeavers();
      await this.#decode();
      this.#options.onStep?.();
      // Lets requests and aborts in, which a model that blocks its thread would starve.
      await yieldToEventLoop();
    }
    this.#loop = undefined;
  }

  /** @returns false where there is nothing to prefill before the next decode step */
  async #prefill(): Promise<boolean> {
    const step = this.#scheduler.nextPrefill();
    if (step === undefined) return false;
    const { sequence, slot, start, tokens } = step;
    const generation = this.#generations.get(sequence)!;
    generation.start(start);
    await this.#runFor('prefill', [generation], async (lap) => {
      const promptLength = sequence.numPromptTokens;
      const logits = generation.logitsWanted(step);
      const rows = await this.#model.prefill({ slot, start, tokens, logits, promptLength });
      const forwardMs = lap();
      sequence.numComputed += tokens.length;
      this.#take(generation, () => generation.takeChunk(step, rows));
      const samplingMs = lap();
      if (!sequence.isPrefilled || !this.#generations.has(sequence)) return { forwardMs, samplingMs };
      const isJoining = this.#scheduler.join(sequence);
      return { forwardMs, samplingMs, ...(isJoining && { joinMs: lap() }) };
    });
    return true;
  }

  async #decode(): Promise<void> {
    const sequences = this.#scheduler.nextDecode();
    if (sequences.length === 0) return;
    const generations = sequences.map((sequence) => this.#generations.get(sequence)!);
    await this.#runFor('decode', generations, async (lap) => {
      const tokens = sequences.map((sequence) => sequence.tokens[sequence.numComputed]!);
      const positions = sequences.map((sequence) => sequence.numComputed);
      const logits = await this.#model.decode(tokens, positions);
      const forwardMs = lap();
      for (const [row, generation] of generations.entries()) {
        generation.sequence.numComputed++;
        this.#take(generation, () => generation.takeToken(logits, row));
      }
      return { forwardMs, samplingMs: lap() };
    });
  }

  /** A run that fails takes those in it along, and nobody else. */
  async #runFor(
    method: EngineRun['method'],
    generations: readonly Generation[],
    run: (lap: () => number) => Promise<RunTimes>,
  ): Promise<void> {
    const { now = performanceNow, onRun } = this.#options;
    const total = startLaps(now);
    const lap = startLaps(now);
    const admission = this.#scheduler.takeAdmission();
    const tell = (hasFailed: boolean, times: RunTimes & { readonly moveMs: number }) =>
      onRun?.({ method, hasFailed, ...times, totalMs: total(), ...(admission && { admission }) });
    let moveMs = 0;
    try {
      this.#moveSlots();
      moveMs = lap();
      tell(false, { moveMs, ...(await run(lap)) });
    } catch (error) {
      tell(true, { moveMs, forwardMs: lap(), samplingMs: 0 });
      for (const { sequence, stream } of generations) {
        this.#remove(sequence);
        this.#scheduler.discard(sequence);
        stream.fail(asGenerationError(error));
      }
    }
  }

  #moveSlots(): void {
    for (const operation of this.#scheduler.takeOperations()) {
      if (operation.type === 'copy') this.#model.copySlot(operation.from, operation.to, operation.length);
      else this.#model.trimSlot(operation.slot, operation.length);
    }
  }

  /** Lets a generation take its rows. One that fails, as where the model gave NaN, ends alone. */
  #take(generation: Generation, take: () => boolean): void {
    let goesOn = false;
    try {
      goesOn = take();
    } catch (error) {
      generation.stream.fail(asGenerationError(error));
    }
    if (!goesOn) this.#finish(generation.sequence);
  }

  #removeLeavers(): void {
    for (const sequence of this.#left) if (this.#generations.has(sequence)) this.#finish(sequence);
    this.#left.clear();
  }

  #finish(sequence: Sequence): void {
    this.#scheduler.finish(sequence);
    this.#remove(sequence);
  }

  #remove(sequence: Sequence): void {
    this.#generations.get(sequence)?.close();
    this.#generations.delete(sequence);
  }
}

function noGrammars(): ParlanceError {
  return new ParlanceError('validation', 'this model is served without grammars', { param: 'grammar' });
}

function performanceNow(): number {
  return performance.now();
}

function systemSeed(): bigint {
  return crypto.getRandomValues(new BigUint64Array(1))[0]!;
}

function asGenerationError(error: unknown): ParlanceError {
  if (error instanceof ParlanceError && error.code === 'generation') return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new ParlanceError('generation', `the model failed: ${reason}`, { cause: error });
}
