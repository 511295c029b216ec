import type { Settings } from '../config/settings.ts';
import type { EngineStatistics } from '../engine/types.ts';
import { ParlanceError } from '../errors/errors.ts';
import type { ResolvedModel } from '../hub/resolve-model.ts';
import type { Log } from '../observability/log.ts';
import type { TextGenerator } from '../text/types.ts';

export interface LoadedGenerator {
  readonly generator: TextGenerator;
  statistics(): EngineStatistics;
  /** Ends the engine and the workers. */
  close(): Promise<void>;
}

export interface LoadOptions {
  readonly model: ResolvedModel;
  readonly settings: Settings;
  readonly log: Log;
  /** A terminal to draw a progress bar on. */
  readonly terminal: NodeJS.WriteStream | undefined;
}

/** Puts the layers together: engine in its worker, text generator over it.
 * @throws unsupported_model, invalid_checkpoint, out_of_memory, runtime, invalid_setting */
export async function loadGenerator(_options: LoadOptions): Promise<LoadedGenerator> {
  throw new ParlanceError('unavailable', 'the engine is not wired in yet');
}
