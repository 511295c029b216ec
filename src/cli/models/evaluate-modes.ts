import type { Settings } from '../../config/settings.ts';
import { ParlanceError } from '../../errors/errors.ts';
import type { CausalModel } from '../../models/causal-model.ts';
import { type Evaluation, evaluate, type Passage } from '../../models/evaluate.ts';
import { loadModel } from '../../models/load-model.ts';
import type { Quantisation } from '../../models/quantise/quantisation.ts';
import { openRuntime } from '../../runtime/open-runtime.ts';
import { startEncoder } from '../../text/encoder.ts';
import { numThreads, weightSettings } from '../settings/engine-settings.ts';

export interface EvaluateModesOptions {
  /** Of the checkpoint. */
  readonly folder: string;
  /** undefined stands for float32 */
  readonly quantised: readonly (Quantisation | undefined)[];
  /** Tokens that are predicted from each other. */
  readonly window: number;
  readonly settings: Settings;
}

export interface ModeEvaluation extends Evaluation {
  readonly quantisation: Quantisation | undefined;
}

/** Predicts a text with the weights as the checkpoint has them and, beside these, with weights packed in each way. At most
 * two models are loaded at a time.
 * @throws invalid_setting where the text is too short; whatever loading throws */
export async function* evaluateModes(text: string, options: EvaluateModesOptions): AsyncGenerator<ModeEvaluation> {
  const { folder, quantised, window, settings } = options;
  const passages = cut(await encode(text, folder), window);
  if (passages.length === 0)
    throw new ParlanceError('invalid_setting', 'the text is too short: at least 2 tokens are needed', {
      param: 'file',
    });
  const runtime = await openRuntime({ kind: settings.runtime, executionProvider: settings.executionProvider });
  const load = async (quantisation?: Quantisation): Promise<CausalModel> => {
    const { cacheFolder } = weightSettings(settings);
    const loaded = await loadModel({
      folder,
      runtime,
      numSlots: 1,
      maxPositions: window,
      numThreads: numThreads(settings),
      cacheFolder,
      ...(quantisation && { quantisation }),
    });
    return loaded.model;
  };
  const reference = await load();
  try {
    for (const quantisation of quantised) {
      const model = quantisation === undefined ? reference : await load(quantisation);
      try {
        yield { quantisation, ...(await evaluate(model, reference, passages)) };
      } finally {
        if (model !== reference) model.dispose();
      }
    }
  } finally {
    reference.dispose();
    runtime.dispose();
  }
}

async function encode(text: string, folder: string): Promise<number[]> {
  const encoder = await startEncoder(folder, 1);
  return encoder.encode(text, true).finally(() => encoder.close());
}

/** What is left at the end counts too, if it has a token to predict. */
function cut(tokens: readonly number[], window: number): Passage[] {
  const starts = Array.from({ length: Math.ceil(tokens.length / window) }, (_, index) => index * window);
  return starts
    .map((start) => ({ tokens: tokens.slice(start, start + window) }))
    .filter(({ tokens }) => tokens.length > 1);
}
