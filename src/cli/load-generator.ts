import type { LoadStage } from '../engine/engine-messages.ts';
import type { EngineRun, EngineStatistics } from '../engine/types.ts';
import { type EngineWorker, startEngineWorker } from '../engine/worker-engine.ts';
import type { ParlanceError } from '../errors/errors.ts';
import type { ResolvedModel } from '../hub/resolve-model.ts';
import type { Log } from '../observability/log.ts';
import { createTextGenerator } from '../text/create-text-generator.ts';
import type { TextGenerator, TextLimits } from '../text/types.ts';
import { engineSettings, numThreads, textLimits } from './engine-settings.ts';
import { showProgress } from './load-progress.ts';
import type { StartContext } from './start-context.ts';

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
}

const STAGES: Readonly<Record<LoadStage, string>> = {
  'reading-headers': 'reading the headers of the checkpoint',
  'building-graph': 'building the graph',
  'loading-weights': 'loading the weights',
  'warming-up': 'warming up',
  ready: 'starting the tokenizer',
};

/** Puts the layers together: the engine in its worker, the text generator over it. Logs what was loaded, and the sizes
 * that were chosen.
 * @throws unsupported_model, invalid_checkpoint, out_of_memory, runtime, invalid_setting */
export async function loadGenerator({
  model,
  context,
  terminal,
  onCrash,
  onRun,
}: LoadOptions): Promise<LoadedGenerator> {
  const { settings, log } = context;
  const progress = showProgress(log, terminal, Object.keys(STAGES).length);
  try {
    const engine = await startEngineWorker(engineSettings(model.folder, settings), {
      onProgress: (stage) => progress.begin(STAGES[stage]),
      onWarning: (message) => log.warn(message),
      onCrash,
      ...(onRun && { onRun }),
    });
    return await openText(engine, model.folder, context);
  } finally {
    progress.end();
  }
}

async function openText(engine: EngineWorker, folder: string, context: StartContext): Promise<LoadedGenerator> {
  const { settings, sources, log } = context;
  const { tokenizerConfigPath } = settings;
  try {
    const limits = textLimits(engine.description.budget.maxTotalTokens, settings, sources);
    const generator = await createTextGenerator({
      folder,
      engine,
      eosTokenIds: engine.description.eosTokenIds,
      limits,
      numTokenizerWorkers: settings.validationWorkers,
      ...(tokenizerConfigPath !== undefined && { tokenizerConfigPath }),
    });
    logSizes(engine, limits, numThreads(settings), log);
    return {
      generator,
      statistics: () => engine.statistics(),
      async close() {
        await generator.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
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
