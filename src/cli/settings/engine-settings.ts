import { join } from 'node:path';
import { quantizeMeaning } from '../../config/quantize-names.ts';
import type { Settings } from '../../config/settings.ts';
import { type Sources, spelled } from '../../config/source.ts';
import type { EngineSettings } from '../../engine/engine-settings.ts';
import { ParlanceError } from '../../errors/errors.ts';
import { usableProcessors } from '../../system/usable-processors.ts';
import type { TextLimits } from '../../text/types.ts';
import { hubSettings } from './hub-settings.ts';

/** What the engine is started with, once for each replica. On the CPU all take from the machine's memory. */
export function replicaSettings(folder: string, settings: Settings): [EngineSettings, ...EngineSettings[]] {
  const common = engineSettings(folder, settings);
  const numEngines = numReplicas(settings);
  if (numEngines === 1) return [common];
  const replica = (index: number): EngineSettings =>
    settings.executionProvider === 'cuda'
      ? { ...common, deviceId: index }
      : { ...common, memorySharing: { numEngines, numLoaded: index } };
  return [replica(0), ...Array.from({ length: numEngines - 1 }, (_, i) => replica(i + 1))];
}

function numReplicas({ numReplicas, executionProvider, numShard = 1 }: Settings): number {
  return numReplicas ?? (executionProvider === 'cuda' ? Math.max(1, numShard) : 1);
}

function engineSettings(folder: string, settings: Settings): EngineSettings {
  const { maxTotalTokens, maxBatchTotalTokens } = settings;
  return {
    folder,
    runtime: settings.runtime,
    executionProvider: settings.executionProvider,
    numThreads: numThreads(settings),
    ...weightSettings(settings),
    ...(maxTotalTokens !== undefined && { maxTotalTokens }),
    ...(maxBatchTotalTokens !== undefined && { maxBatchTotalTokens }),
    maxBatchSize: settings.maxBatchSize,
    batching: {
      maxBatchPrefillTokens: settings.maxBatchPrefillTokens,
      waitingServedRatio: settings.waitingServedRatio,
      maxWaitingTokens: settings.maxWaitingTokens,
      prefillChunkTokens: settings.prefillChunk,
    },
    watermark: { gamma: settings.watermarkGamma, delta: settings.watermarkDelta },
  };
}

interface WeightSettings extends Pick<EngineSettings, 'quantisation' | 'storedAs'> {
  readonly cacheFolder: string;
}

/** How the weights are kept. */
export function weightSettings(settings: Settings): WeightSettings {
  const meaning = settings.quantize && quantizeMeaning(settings.quantize);
  const cacheFolder = join(hubSettings(settings).home, 'parlance', 'packed');
  if (meaning === 'gptq' || meaning === 'awq') return { storedAs: meaning, cacheFolder };
  return { ...(meaning !== undefined && { quantisation: meaning }), cacheFolder };
}

/** Threads of each replica. */
export function numThreads(settings: Settings): number {
  return settings.threads ?? Math.max(1, Math.floor(usableProcessors() / numReplicas(settings)));
}

/** How long prompts and answers may be, once the engine has settled on the longest sequence.
 * @throws invalid_setting where no room is left for an answer */
export function textLimits(maxTotalTokens: number, settings: Settings, sources: Sources): TextLimits {
  const { maxInputTokens = maxTotalTokens - 1 } = settings;
  const given = sources.get('maxInputTokens');
  if (given && maxInputTokens >= maxTotalTokens)
    throw new ParlanceError(
      'invalid_setting',
      `${spelled(given)} must be less than max-total-tokens, which is ${maxTotalTokens} for this model`,
      { param: given.name },
    );
  return { maxInputTokens, maxTotalTokens };
}
