import { z } from 'zod';
import type { ConfigFile } from '../config-file.ts';

const schema = z.looseObject({
  use_sliding_window: z.boolean().default(false),
  sliding_window: z.int().positive().nullish(),
  max_window_layers: z.int().min(0).default(28),
  layer_types: z.array(z.enum(['full_attention', 'sliding_attention'])).nullish(),
});

/** The sliding window of a Qwen's layers: off unless it is asked for, and then on the layers from `max_window_layers` on.
 * @returns by layer; undefined where it sees all positions */
export function qwenWindow(file: ConfigFile): (layer: number) => number | undefined {
  const raw = file.parse(schema);
  const window = raw.use_sliding_window ? (raw.sliding_window ?? undefined) : undefined;
  const slides = (layer: number) =>
    raw.layer_types == null ? layer >= raw.max_window_layers : raw.layer_types[layer] === 'sliding_attention';
  return (layer) => (slides(layer) ? window : undefined);
}
