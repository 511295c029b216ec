import { open } from 'node:fs/promises';
import { WorkerPool } from '../../system/worker-pool.ts';
import type { LinearWeight } from '../layers/product.ts';
import type { StoredTensor } from '../safetensors.ts';
import type { CopyTensor, Packing, PackRows, PackTask } from './pack-task.ts';
import { packedBytes, packedParts, partsOf } from './packed-form.ts';
import { layOutSafetensors, type SafetensorsLayout } from './safetensors-layout.ts';

interface PlannedWeight {
  readonly weight: LinearWeight;
  readonly packing: Packing;
}

export interface WritePackedOptions {
  readonly weights: readonly PlannedWeight[];
  /** Tensors to be copied as they are, by name. */
  readonly copies: ReadonlyMap<string, StoredTensor>;
  readonly numWorkers: number;
  /** @param share of the work that is done, from 0 to 1 */
  readonly onProgress: (share: number) => void;
}

/** Elements that a worker takes at a time: 16 MiB as float32. */
const elementsPerTask = 1 << 22;
/** Transposed rows are written in runs as long as there are rows, so that they must be many. */
const transposedRowsPerTask = 2048;

/** How long a safetensors file of packed weights is. */
export function packedFileBytes(options: Pick<WritePackedOptions, 'weights' | 'copies'>): number {
  return layOut(options).fileBytes;
}

/** Packs weights in worker threads, row by row, into a safetensors file: of the weights, memory never holds more than a
 * worker's share. The file is complete and on the disk when this resolves.
 * @throws invalid_checkpoint */
export async function writePacked(file: string, options: WritePackedOptions): Promise<void> {
  const layout = layOut(options);
  const handle = await open(file, 'w');
  try {
    await handle.write(layout.header);
    await handle.truncate(layout.fileBytes);
    await runTasks(file, [...listTasks(options, layout)], options);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

function layOut({ weights, copies }: Pick<WritePackedOptions, 'weights' | 'copies'>): SafetensorsLayout {
  const parts = weights.flatMap(({ weight, packing }) => partsOf(packedParts(weight, packing.form)));
  const copied = [...copies].map(([name, { dtype, shape, byteLength }]) => ({ name, dtype, shape, byteLength }));
  const tensors = [...parts.map((part) => ({ ...part, byteLength: packedBytes(part) })), ...copied];
  return layOutSafetensors(tensors.sort((a, b) => elementBytes(b.dtype) - elementBytes(a.dtype)));
}

/** Wide elements first, so that all are aligned. */
function elementBytes(dtype: string): number {
  return Number(/\d+/.exec(dtype)?.[0] ?? 8) / 8;
}

function* listTasks(
  { weights, copies }: WritePackedOptions,
  { offsets }: SafetensorsLayout,
): Generator<CopyTensor | PackRows> {
  for (const { weight, packing } of weights) {
    const parts = packedParts(weight, packing.form);
    const partOffsets = Object.fromEntries(
      Object.entries(parts).map(([part, tensor]) => [part, offsets.get(tensor.name)!]),
    );
    const step = rowsPerTask(weight, packing);
    for (let firstRow = 0; firstRow < weight.outputs; firstRow += step) {
      const numRows = Math.min(step, weight.outputs - firstRow);
      yield { kind: 'pack', weight, packing, offsets: partOffsets, firstRow, numRows };
    }
  }
  for (const [name, tensor] of copies) yield { kind: 'copy', tensor, byteOffset: offsets.get(name)! };
}

function rowsPerTask({ outputs, inputs }: LinearWeight, { kind }: Packing): number {
  if (kind === 'repack') return outputs;
  const rows = Math.max(1, Math.floor(elementsPerTask / inputs));
  return kind === 'quantise-channels' ? Math.max(rows, transposedRowsPerTask) : rows;
}

async function runTasks(
  file: string,
  tasks: readonly (CopyTensor | PackRows)[],
  { numWorkers, onProgress }: WritePackedOptions,
): Promise<void> {
  const pool = new WorkerPool<PackTask, void>({
    entry: 'models/quantise/pack-worker',
    numWorkers: Math.min(numWorkers, tasks.length),
    failure: { code: 'runtime', timedOut: 'packing weights took too long', died: 'a worker that packs weights died' },
  });
  const sizes = tasks.map((task) =>
    task.kind === 'copy' ? task.tensor.byteLength : task.numRows * task.weight.inputs,
  );
  const all = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  try {
    await Promise.all(
      tasks.map(async (work, index) => {
        await pool.run({ file, work });
        done += sizes[index]!;
        onProgress(done / all);
      }),
    );
  } finally {
    await pool.close();
  }
}
