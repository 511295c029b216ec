import { ParlanceError } from '../errors/errors.ts';
import { MatcherThread } from '../grammar/masks/matcher-thread.ts';
import { loadVocabulary } from '../grammar/vocabulary/tokenizer-vocabulary.ts';
import type { CausalModel } from '../models/causal-model.ts';
import { openCheckpoint } from '../models/checkpoint.ts';
import type { ModelConfig } from '../models/config.ts';
import type { Decoder } from '../models/families/family.ts';
import { findFamily } from '../models/families/find-family.ts';
import { loadModel } from '../models/load-model.ts';
import { readModelConfigFile } from '../models/model-config-file.ts';
import { openRuntime } from '../runtime/open-runtime.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { InProcessEngine } from './engine.ts';
import type { EngineDescription, LoadStage } from './engine-messages.ts';
import type { EngineSettings } from './engine-settings.ts';
import { type MemoryBound, memoryBounds, tightestBound } from './memory/available-memory.ts';
import { chooseMemoryBudget, inUnits, type MemoryBudget } from './memory/memory-budget.ts';
import { boundsToShare, bytesOfShare } from './memory/memory-sharing.ts';
import { DEFAULT_BATCH_SIZE, type LoadingPlan, planLoading } from './memory/plan-loading.ts';
import type { EngineRun } from './types.ts';

export interface LoadEngineHooks {
  /** @param share of the stage that is done, where it is known */
  readonly onProgress: (stage: LoadStage, share?: number) => void;
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

/** Beyond these, what attention works in is counted, not measured: a chunk at the last position of a long slot can take
 * a minute. */
const WARM_UP_POSITIONS = 4096;

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
  const { batching, watermark } = settings;
  const decoder = await readDecoder(settings.folder);
  // Before memory is looked at, so that what it takes is known.
  const constraints = await loadConstraints(settings.folder, decoder.config.vocabSize, onWarning);
  let model: CausalModel | undefined;
  try {
    const before = memoryBounds();
    const bounds = boundsToShare(before, settings.memorySharing);
    const plan = planLoading(settings, await openCheckpoint(settings.folder), decoder, bounds);
    warnOfPlan(plan, settings, decoder.config, onWarning);
    const { model: opened, ...loaded } = await loadModel({
      ...weightOptions(settings),
      runtime,
      maxPositions: plan.maxPositions,
      numSlots: plan.numSlots,
      onProgress: (stage, share) => stage !== 'ready' && onProgress(stage, share),
      onNote: onWarning,
    });
    model = opened;
    onProgress('warming-up');
    await warmUp(model, plan, settings.folder);
    const budget = measureBudget(settings, plan, before);
    if (budget.isLowered) onWarning(budget.reason);
    const { maxBatchTotalTokens } = budget;
    const engine = new InProcessEngine({
      model,
      batching: { ...batching, maxBatchTotalTokens, maxBatchSize: plan.batchSize },
      watermark,
      ...(constraints && { constraints }),
      ...(onStep && { onStep }),
      ...(onRun && { onRun }),
    });
    return { ...loaded, engine, budget };
  } catch (error) {
    model?.dispose();
    await constraints?.close();
    throw error;
  }
}

async function readDecoder(folder: string): Promise<Decoder> {
  const file = await readModelConfigFile(folder);
  return findFamily(file).family.read(file);
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

function runtimeOptions({ runtime, executionProvider, deviceId }: EngineSettings) {
  return {
    ...(runtime && { kind: runtime }),
    ...(executionProvider && { executionProvider }),
    ...(deviceId !== undefined && { deviceId }),
  };
}

function weightOptions({ folder, numThreads, prepack, quantisation, storedAs, cacheFolder }: EngineSettings) {
  return {
    folder,
    ...(numThreads !== undefined && { numThreads }),
    ...(prepack !== undefined && { prepack }),
    ...(quantisation !== undefined && { quantisation }),
    ...(storedAs !== undefined && { storedAs }),
    ...(cacheFolder !== undefined && { cacheFolder }),
  };
}

function warnOfPlan(
  { batchSize }: LoadingPlan,
  { maxTotalTokens, maxBatchSize = DEFAULT_BATCH_SIZE }: EngineSettings,
  { maxPositions }: ModelConfig,
  onWarning: (message: string) => void,
): void {
  if (maxTotalTokens !== undefined && maxTotalTokens > maxPositions)
    onWarning(
      `max_total_tokens is ${maxTotalTokens}, but the model was made for ${maxPositions} positions: beyond them it may talk nonsense`,
    );
  if (batchSize < maxBatchSize)
    onWarning(
      `max_batch_size is lowered from ${maxBatchSize} to ${batchSize}: the address space has no room for more slots (ulimit -v or -d)`,
    );
}

/** Makes the largest runs, so that what the runtime works in is there before memory is measured.
 * @throws invalid_checkpoint where no token's scores are numbers */
async function warmUp(
  model: CausalModel,
  { chunkTokens, batchSize, maxPositions }: LoadingPlan,
  folder: string,
): Promise<void> {
  // Attention's scratch grows with the position, and so does the time that a chunk takes.
  const start = Math.min(maxPositions, WARM_UP_POSITIONS) - chunkTokens;
  const tokens = new Array<number>(chunkTokens).fill(0);
  await model.prefill({ slot: 0, start: Math.max(0, start), tokens, logits: 'all' });
  const rows = Array.from({ length: batchSize }, (_, row) => row);
  const logits = await model.decode(
    rows.map((row) => Math.floor((model.vocabSize * (row + 1)) / (batchSize + 1))),
    rows.map(() => 0),
  );
  if (!rows.some((row) => Number.isFinite(logits.logSumExp(row))))
    throw new ParlanceError(
      'invalid_checkpoint',
      `${folder}: whatever token it reads, the model gives scores that are not numbers: its weights hold NaN or infinities`,
    );
  for (let slot = 0; slot < batchSize; slot++) model.trimSlot(slot, 0);
}

function measureBudget(
  { maxTotalTokens, maxBatchTotalTokens, memorySharing }: EngineSettings,
  plan: LoadingPlan,
  before: readonly MemoryBound[],
): MemoryBudget {
  const now = tightestBound(memoryBounds(), 'memory');
  // Control groups share a name.
  const leftBefore = before.find(
    ({ name, limitBytes }) => name === now?.name && limitBytes === now.limitBytes,
  )?.leftBytes;
  const unseenBytes = plan.scratchBytes(plan.maxPositions) - plan.scratchBytes(WARM_UP_POSITIONS);
  return chooseMemoryBudget({
    availableBytes:
      now && bytesOfShare(now.leftBytes, (leftBefore ?? 0) - now.leftBytes, memorySharing) - Math.max(0, unseenBytes),
    kvBytesPerToken: plan.kvBytesPerToken,
    maxBatchSize: plan.batchSize,
    maxPositions: plan.maxPositions,
    maxTotalTokens,
    maxBatchTotalTokens,
    ...(now && leftBefore !== undefined && { measured: describeMeasure(now, leftBefore, plan) }),
  });
}

function describeMeasure({ name, limitBytes, leftBytes }: MemoryBound, leftBefore: number, plan: LoadingPlan): string {
  return (
    `${name}, ${inUnits(limitBytes)}, left ${inUnits(leftBefore)} before loading and leaves ${inUnits(leftBytes)} now; ` +
    `${inUnits(plan.foreseenBytes)} were foreseen for weights and runs`
  );
}
