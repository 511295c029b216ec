import type { LoadStage } from '../../engine/engine-messages.ts';
import { startEngineReplicas } from '../../engine/engine-replicas.ts';
import { memoryBounds } from '../../engine/memory/available-memory.ts';
import type { EngineRun, EngineStatistics } from '../../engine/types.ts';
import type { EngineWorker } from '../../engine/worker-engine.ts';
import type { ParlanceError } from '../../errors/errors.ts';
import type { ResolvedModel } from '../../hub/resolve-model.ts';
import type { Log } from '../../observability/log.ts';
import { limitMallocArenas } from '../../system/malloc-arenas.ts';
import { type LoadedText, loadText } from '../../text/create-text-generator.ts';
import type { TextGenerator, TextLimits } from '../../text/types.ts';
import { numThreads, replicaSettings, textLimits } from '../settings/engine-settings.ts';
import type { StartContext } from '../settings/start-context.ts';
import { type LoadProgress, showProgress } from './load-progress.ts';

export interface LoadedGenerator {
  readonly generator: TextGenerator;
  statistics(): EngineStatistics;
  /** Ends the engine and the workers. */
  close(): Promise<void>;
}

export interface LoadOptions {
  readonly model: ResolvedModel;
  readonly context: StartContext;
  /** A terminal to draw a progress bar on. */
  readonly terminal: NodeJS.WriteStream | undefined;
  /** Called where the engine stops without having been asked to; all that runs has failed by then. */
  readonly onCrash: (error: ParlanceError) => void;
  readonly onRun?: (run: EngineRun) => void;
  /** As of {@link LoadProgress.begin}. */
  readonly onStage?: LoadProgress['begin'];
}

const TOKENIZER_STAGE = 'starting the tokenizer';
const STAGES: Readonly<Record<Exclude<LoadStage, 'ready'>, string>> = {
  'reading-headers': 'reading the headers of the checkpoint',
  'packing-weights': 'packing the weights',
  'building-graph': 'building the graph',
  'loading-weights': 'loading the weights',
  'warming-up': 'warming up',
};

/** Puts the layers together: the engine in its worker, the text generator over it. Logs what was loaded, and the sizes
 * that were chosen. The tokenizer comes first: a broken one is known in no time, and the engine sees what memory it takes.
 * @throws unsupported_model, invalid_checkpoint, out_of_memory, runtime, invalid_setting */
export async function loadGenerator(options: LoadOptions): Promise<LoadedGenerator> {
  const { model, context, terminal, onStage } = options;
  if (memoryBounds().some(({ kind }) => kind === 'addresses')) limitMallocArenas();
  const { tokenizerConfigPath, validationWorkers } = context.settings;
  const shown = showProgress(context.log, terminal, {
    numStages: 1 + Object.keys(STAGES).length,
    now: () => performance.now(),
  });
  const progress: LoadProgress = {
    begin(stage, share) {
      onStage?.(stage, share);
      shown.begin(stage, share);
    },
    end: () => shown.end(),
  };
  try {
    progress.begin(TOKENIZER_STAGE);
    const text = await loadText({
      folder: model.folder,
      numTokenizerWorkers: validationWorkers,
      ...(tokenizerConfigPath !== undefined && { tokenizerConfigPath }),
    });
    return await closingOnFailure(text, () => openEngine(text, options, progress));
  } finally {
    progress.end();
  }
}

async function openEngine(
  text: LoadedText,
  { model, context, onCrash, onRun }: LoadOptions,
  progress: LoadProgress,
): Promise<LoadedGenerator> {
  const { settings, sources, log } = context;
  const replicas = replicaSettings(model.folder, settings);
  const engine = await startEngineReplicas(replicas, (index) => {
    const of = replicas.length === 1 ? '' : `, replica ${index + 1} of ${replicas.length}`;
    return {
      onProgress: (stage, share) => stage !== 'ready' && progress.begin(STAGES[stage] + of, share),
      onWarning: (message) => log.warn(message + of),
      onCrash,
      ...(onRun && { onRun }),
    };
  });
  return closingOnFailure(engine, async () => {
    const { budget, eosTokenIds } = engine.description;
    const limits = textLimits(budget.maxTotalTokens, settings, sources);
    const generator = text.connect({ engine, eosTokenIds, limits });
    logSizes(engine, limits, numThreads(settings), log);
    if (replicas.length > 1) log.info(`${replicas.length} replicas of the model, each with a part of these slots`);
    return {
      generator,
      statistics: () => engine.statistics(),
      async close() {
        await generator.close();
        await engine.close();
      },
    };
  });
}

async function closingOnFailure<T>(opened: { close(): Promise<void> }, goOn: () => Promise<T>): Promise<T> {
  try {
    return await goOn();
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function logSizes({ description }: EngineWorker, text: TextLimits, threads: number, log: Log): void {
  const { architecture, config, limits, budget, runtime } = description;
  const interface_ = runtime.kind === 'c-api' ? 'its C API' : "onnxruntime-node's own interface";
  log.info(
    `loaded ${architecture}: ${config.numLayers} layers of ${config.hiddenSize}, made for ${config.maxPositions} positions`,
  );
  log.info(`ONNX Runtime ${runtime.version} by ${interface_}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`);
  log.info(`prompts of up to ${text.maxInputTokens} tokens, ${text.maxTotalTokens} with the answer`);
  log.info(`${limits.numSlots} slots; ${budget.reason}`);
}
