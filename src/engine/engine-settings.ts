import type { Quantisation } from '../models/quantise/quantisation.ts';
import type { ExecutionProvider } from '../runtime/runtime.ts';
import type { BatchingOptions } from './engine.ts';
import type { MemorySharing } from './memory/memory-sharing.ts';
import type { WatermarkOptions } from './sampling/green-lists.ts';

/** What the engine is started with; crosses threads by structured cloning. */
export interface EngineSettings {
  /** Of a Hugging Face checkpoint. */
  readonly folder: string;
  /** @default auto */
  readonly runtime?: 'c-api' | 'node' | 'auto';
  /** @default cpu */
  readonly executionProvider?: ExecutionProvider;
  /** Which of the provider's devices. @default 0 */
  readonly deviceId?: number;
  /** @default all of the memory is this engine's */
  readonly memorySharing?: MemorySharing;
  readonly numThreads?: number;
  /** @default true */
  readonly prepack?: boolean;
  /** @default float32 */
  readonly quantisation?: Quantisation;
  /** What the checkpoint has to be quantised by. @default anything */
  readonly storedAs?: 'gptq' | 'awq';
  /** Holds packed weights where the checkpoint's folder can't. */
  readonly cacheFolder?: string;
  /** Longest sequence. @default the model's positions, or fewer where memory is short */
  readonly maxTotalTokens?: number;
  /** A ceiling: memory may allow less. @default as many as memory allows */
  readonly maxBatchTotalTokens?: number;
  /** @default 64 */
  readonly maxBatchSize?: number;
  readonly batching: Omit<BatchingOptions, 'maxBatchTotalTokens' | 'maxBatchSize'>;
  readonly watermark: WatermarkOptions;
}
