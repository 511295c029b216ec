import { z } from 'zod';
import { ParlanceError } from '../../errors/errors.ts';
import { switchedOff } from '../config.ts';
import type { ConfigFile } from '../config-file.ts';

const schema = z.looseObject({
  num_hidden_layers: z.int().positive(),
  use_sliding_window: switchedOff,
  sliding_window: z.int().positive().nullable().default(4096),
  max_window_layers: z.int().min(0).default(28),
  layer_types: z.array(z.enum(['full_attention', 'sliding_attention'])).nullish(),
});

/** The sliding window of a Qwen's layers: off unless it is asked for, and then on the layers from `max_window_layers` on,
 * or on those that `layer_types` names. Defaults are transformers'.
 * @returns by layer; undefined where it sees all positions
 * @throws unsupported_model, invalid_checkpoint */
export function qwenWindow(file: ConfigFile): (layer: number) => number | undefined {
  const raw = file.parse(schema);
  const { layer_types: types, num_hidden_layers: numLayers } = raw;
  if (types && types.length !== numLayers)
    throw new ParlanceError(
      'invalid_checkpoint',
      `${file.file}: layer_types names ${types.length} layers, expected num_hidden_layers, ${numLayers}`,
    );
  const window = raw.use_sliding_window ? (raw.sliding_window ?? undefined) : undefined;
  const slides = (layer: number) => (types ? types[layer] === 'sliding_attention' : layer >= raw.max_window_layers);
  return (layer) => (slides(layer) ? window : undefined);
}
