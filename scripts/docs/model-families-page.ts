import { families } from '../../src/models/families/index.ts';
import { storedTypes } from '../../src/models/safetensors.ts';
import { code, page, table } from './markdown.ts';

/** The reference of the model families that are served. */
export function modelFamiliesPage(): string {
  const rows = families.map(({ name, architectures }) => [name, architectures.map(code).join(', ')]);
  return page(
    'Model families',
    'A checkpoint is served where one of `architectures` in its config.json is in this list. `parlance info MODEL` says ' +
      'whether a certain one can be, and if not, why.',
    table(['family', 'architectures'], rows),
    `Weights are read from safetensors files, single or sharded, of type ${Object.keys(storedTypes).join(', ')}; ` +
      'on the CPU they are computed in float32.',
  );
}
