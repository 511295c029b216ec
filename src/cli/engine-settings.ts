import type { Settings } from '../config/settings.ts';
import { type Sources, spelled } from '../config/source.ts';
import type { EngineSettings } from '../engine/load-engine.ts';
import { ParlanceError } from '../errors/errors.ts';
import { usableProcessors } from '../system/usable-processors.ts';
import type { TextLimits } from '../text/types.ts';

/** What the engine is started with. */
export function engineSettings(folder: string, settings: Settings): EngineSettings {
  const { maxTotalTokens, maxBatchTotalTokens } = settings;
  return {
    folder,
    runtime: settings.runtime,
    executionProvider: settings.executionProvider,
    numThreads: numThreads(settings),
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

export function numThreads({ threads }: Settings): number {
  return threads ?? usableProcessors();
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
