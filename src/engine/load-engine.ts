import { ParlanceError } from '../errors/errors.ts';
import { MatcherThread } from '../grammar/matcher-thread.ts';
import { loadVocabulary } from '../grammar/tokenizer-vocabulary.ts';
import type { CausalModel } from '../models/causal-model.ts';
import type { ModelConfig } from '../models/config.ts';
import { readConfigFile } from '../models/config-file.ts';
import { findFamily } from '../models/families/find-family.ts';
import { kvBytesPerToken } from '../models/kv-slots.ts';
import { loadModel } from '../models/load-model.ts';
import { openRuntime } from '../runtime/open-runtime.ts';
import type { ExecutionProvider, Runtime } from '../runtime/runtime.ts';
import { availableMemoryBytes } from './available-memory.ts';
import { type BatchingOptions, InProcessEngine } from './engine.ts';
import type { EngineDescription, LoadStage } from './engine-messages.ts';
import { chooseMemoryBudget, type MemoryBudget } from './memory-budget.ts';
import type { WatermarkOptions } from './sampling/green-lists.ts';
import type { EngineRun } from './types.ts';

/** What the engine is started with; crosses threads by structured cloning. */
export interface EngineSettings {
  /** Of a Hugging Face checkpoint. */
  readonly folder: string;
  /** @default auto */
  readonly runtime?: 'c-api' | 'node' | 'auto';
  /** @default cpu */
  readonly executionProvider?: ExecutionProvider;
  readonly numThreads?: number;
  /** @default true */
  readonly prepack?: boolean;
  /** Longest sequence. @default the model's positions, or fewer where memory is short */
  readonly maxTotalTokens?: number;
  /** A ceiling: memory may allow less. @default as many as memory allows */
  readonly maxBatchTotalTokens?: number;
  /** @default 64 */
  readonly maxBatchSize?: number;
  readonly batching: Omit<BatchingOptions, 'maxBatchTotalTokens' | 'maxBatchSize'>;
  readonly watermark: WatermarkOptions;
}

export interface LoadEngineHooks {
  readonly onProgress: (stage: LoadStage) => void;
  readonly onWarning: (message: string) => void;
  /** As of {@link InProcessEngine}. */
  readonly onStep?: () => void;
  readonly onRun?: (run: EngineRun) => void;
}

export interface LoadedEngine {
  readonly engine: InProcessEngine;
  readonly description: EngineDescription;
  /** Closes the engine, then the runtime. */
  close(): Promise<void>;
}

const DEFAULT_BATCH_SIZE = 64;
/** Slots beyond those that run keep the prefixes of finished sequences; unused, they take no memory. */
const NUM_SPARE_SLOTS = 16;

/** Loads a checkpoint in the calling thread, warms it up, and settles how much it may hold.
 * @throws unsupported_model, invalid_checkpoint, out_of_memory, runtime */
export async function loadEngine(settings: EngineSettings, hooks: LoadEngineHooks): Promise<LoadedEngine> {
  const runtime = await openRuntime({ ...runtimeOptions(settings), onWarning: hooks.onWarning });
  try {
    const { engine, ...loaded } = await loadOn(runtime, settings, hooks);
    const { kind, version } = runtime;
    const close = async () => {
      await engine.close();
      runtime.dispose();
    };
    hooks.onProgress('ready');
    return { engine, description: { ...loaded, limits: engine.limits, runtime: { kind, version } }, close };
  } catch (error) {
    runtime.dispose();
    throw error;
  }
}

async function loadOn(
  runtime: Runtime,
  settings: EngineSettings,
  { onProgress, onWarning, onStep, onRun }: LoadEngineHooks,
) {
  const { maxBatchSize = DEFAULT_BATCH_SIZE, batching, watermark } = settings;
  const maxPositions = await positions(settings, onWarning);
  const { model, ...loaded } = await loadModel({
    ...weightOptions(settings),
    runtime,
    maxPositions,
    numSlots: maxBatchSize + NUM_SPARE_SLOTS,
    onProgress: (stage) => stage !== 'ready' && onProgress(stage),
  });
  try {
    onProgress('warming-up');
    await warmUp(model, Math.min(batching.prefillChunkTokens ?? 128, maxPositions));
    const budget = measureBudget(settings, loaded.config, { maxBatchSize, maxPositions });
    if (budget.isLowered) onWarning(budget.reason);
    const limited = { ...batching, maxBatchTotalTokens: budget.maxBatchTotalTokens, maxBatchSize };
    const constraints = await loadConstraints(settings.folder, model.vocabSize, onWarning);
    const engine = new InProcessEngine({
      model,
      batching: limited,
      watermark,
      ...(constraints && { constraints }),
      ...(onStep && { onStep }),
      ...(onRun && { onRun }),
    });
    return { ...loaded, engine, budget };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Grammars need to know how tokens are spelled: a model whose tokenizer does not say is served without. */
async function loadConstraints(folder: string, vocabSize: number, onWarning: (message: string) => void) {
  try {
    return new MatcherThread({ vocabulary: await loadVocabulary(folder, vocabSize) });
  } catch (error) {
    if (!(error instanceof ParlanceError)) throw error;
    onWarning(`grammars are off: ${error.message}`);
    return undefined;
  }
}

function runtimeOptions({ runtime, executionProvider }: EngineSettings) {
  return { ...(runtime && { kind: runtime }), ...(executionProvider && { executionProvider }) };
}

function weightOptions({ folder, numThreads, prepack }: EngineSettings) {
  return { folder, ...(numThreads !== undefined && { numThreads }), ...(prepack !== undefined && { prepack }) };
}

/** Positions of a slot: as many as the longest sequence needs. */
async function positions({ folder, maxTotalTokens }: EngineSettings, onWarning: (message: string) => void) {
  const file = await readConfigFile(folder, 'config.json');
  const { maxPositions } = findFamily(file).family.read(file).config;
  if (maxTotalTokens !== undefined && maxTotalTokens > maxPositions) {
    onWarning(
      `max_total_tokens is ${maxTotalTokens}, but the model was made for ${maxPositions} positions: beyond them it may talk nonsense`,
    );
  }
  return maxTotalTokens ?? maxPositions;
}

/** Runs the largest prefill and one decode step, so that the runtime's own buffers are there before memory is measured. */
async function warmUp(model: CausalModel, numTokens: number): Promise<void> {
  await model.prefill({ slot: 0, start: 0, tokens: new Array<number>(numTokens).fill(0), logits: 'all' });
  await model.decode([0], [0]);
  model.trimSlot(0, 0);
}

function measureBudget(
  { maxTotalTokens, maxBatchTotalTokens }: EngineSettings,
  config: ModelConfig,
  sizes: { maxBatchSize: number; maxPositions: number },
): MemoryBudget {
  const availableBytes = availableMemoryBytes();
  const bytesPerToken = kvBytesPerToken(config);
  return chooseMemoryBudget({
    ...sizes,
    availableBytes,
    kvBytesPerToken: bytesPerToken,
    maxTotalTokens,
    maxBatchTotalTokens,
  });
}
