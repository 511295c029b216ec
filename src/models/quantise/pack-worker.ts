import { closeSync, openSync, writeSync } from 'node:fs';
import { serveTasks } from '../../system/worker-tasks.ts';
import { integerNames } from './choose-forms.ts';
import type { CopyTensor, PackRows, PackTask } from './pack-task.ts';
import { quantiseBlocks } from './quantise-blocks.ts';
import { quantiseChannels } from './quantise-channels.ts';
import { readBytes, readFloats } from './read-tensor.ts';
import { repackIntegers } from './repack-integers.ts';

const copyBytes = 16 << 20;

/** Writes an array at a byte offset of the target. */
type Put = (data: ArrayBufferView, byteOffset: number) => void;

serveTasks(({ file, work }: PackTask) => {
  const target = openSync(file, 'r+');
  const put: Put = ({ buffer, byteOffset, byteLength }, at) => {
    for (let done = 0; done < byteLength; )
      done += writeSync(target, new Uint8Array(buffer, byteOffset + done), 0, byteLength - done, at + done);
  };
  try {
    if (work.kind === 'copy') copy(work, put);
    else pack(work, put);
  } finally {
    closeSync(target);
  }
});

function copy({ tensor, byteOffset }: CopyTensor, put: Put): void {
  for (let done = 0; done < tensor.byteLength; done += copyBytes)
    put(readBytes(tensor, done, Math.min(copyBytes, tensor.byteLength - done)), byteOffset + done);
}

function pack(work: PackRows, put: Put): void {
  const { weight, packing, firstRow, numRows } = work;
  if (packing.kind === 'repack') {
    const { levels, zeroPoints, scales, groups } = packing.source;
    const words = {
      levels: new Uint32Array(readBytes(levels).buffer),
      zeroPoints: new Uint32Array(readBytes(zeroPoints).buffer),
      scales: readFloats(scales, integerNames(weight.name).scales),
      ...(groups && { groups: new Int32Array(readBytes(groups).buffer) }),
    };
    putParts(work, repackIntegers(words, weight, packing), put);
    return;
  }
  const range = { first: firstRow * weight.inputs, count: numRows * weight.inputs };
  const rows = readFloats(packing.source, weight.name, range);
  if (packing.kind === 'quantise-blocks') putParts(work, quantiseBlocks(rows, weight.inputs, packing.form), put);
  else putChannels(work, quantiseChannels(rows, weight.inputs), put);
}

/** Rows follow one another in each part. */
function putParts(
  { offsets, firstRow, numRows }: PackRows,
  parts: { [Part in keyof typeof offsets]: ArrayBufferView },
  put: Put,
) {
  for (const part of ['values', 'scales', 'zeroPoints', 'order'] as const) {
    const [data, offset] = [parts[part], offsets[part]];
    if (data !== undefined && offset !== undefined) put(data, offset + (firstRow * data.byteLength) / numRows);
  }
}

/** The rows are columns of the values. */
function putChannels(
  { offsets, weight, firstRow, numRows }: PackRows,
  { values, scales }: ReturnType<typeof quantiseChannels>,
  put: Put,
) {
  put(scales, offsets.scales! + firstRow * Float32Array.BYTES_PER_ELEMENT);
  for (let input = 0; input < weight.inputs; input++)
    put(values.subarray(input * numRows, (input + 1) * numRows), offsets.values! + input * weight.outputs + firstRow);
}
