import { type ErrorCode, ParlanceError } from '../errors/errors.ts';
import type { LoadedModel } from '../models/load-model.ts';
import type { MemoryBudget } from './memory/memory-budget.ts';
import type { EngineLimits, EngineRun, EngineStatistics, GenerationEvent, GenerationRequest } from './types.ts';

/** An error as it crosses threads: structured cloning keeps an error's message, and loses its code. */
export interface ErrorMessage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly param: string | undefined;
}

/** What the engine's users ask of it. */
export type EngineCommand =
  | { readonly type: 'generate'; readonly id: number; readonly request: GenerationRequest }
  | { readonly type: 'leave'; readonly id: number }
  | { readonly type: 'close' };

/** What happened to one request. */
export type RequestReport =
  | { readonly type: 'event'; readonly id: number; readonly event: GenerationEvent }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorMessage };

/** All that happened in a step. */
export interface StepReport {
  readonly type: 'step';
  readonly reports: readonly RequestReport[];
  readonly statistics: EngineStatistics;
  readonly runs: readonly EngineRun[];
}

/** What the worker settled on while it loaded the model. */
export interface EngineDescription extends Omit<LoadedModel, 'model'> {
  readonly limits: EngineLimits;
  readonly budget: MemoryBudget;
  readonly runtime: { readonly kind: 'c-api' | 'node'; readonly version: string };
}

/** What the worker tells while it loads the model, in this order. */
export type LoadReport =
  | { readonly type: 'progress'; readonly stage: LoadStage; readonly share: number | undefined }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'failed'; readonly error: ErrorMessage }
  | { readonly type: 'ready'; readonly description: EngineDescription };

export type LoadStage =
  | 'reading-headers'
  | 'packing-weights'
  | 'building-graph'
  | 'loading-weights'
  | 'warming-up'
  | 'ready';

export function toErrorMessage(error: unknown): ErrorMessage {
  if (error instanceof ParlanceError) return { code: error.code, message: error.message, param: error.param };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message, param: undefined };
}

export function fromErrorMessage({ code, message, param }: ErrorMessage): ParlanceError {
  return new ParlanceError(code, message, param === undefined ? {} : { param });
}
