import type { ModelConfig } from '../config.ts';
import type { ConfigFile } from '../config-file.ts';
import type { DecoderGraph } from '../layers/decoder-graph.ts';

/** How checkpoints of some architectures become graphs. */
export interface Family {
  /** As config.json's `model_type` has it. */
  readonly name: string;
  /** Names in config.json's `architectures`, the usual one first. */
  readonly architectures: readonly [string, ...string[]];
  /** @throws unsupported_model, invalid_checkpoint */
  read(file: ConfigFile): Decoder;
}

/** A checkpoint's decoder, by its configuration; no weight is read yet. */
export interface Decoder {
  readonly config: ModelConfig;
  /** Adds the whole graph, from token ids to logits.
   * @throws invalid_checkpoint for a weight that is missing or misshapen */
  build(model: DecoderGraph): void;
}
