import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from '@jest/globals';
import { openCheckpoint } from '../../../src/models/checkpoint.ts';
import { checkpointKey } from '../../../src/models/quantise/checkpoint-key.ts';
import { copyModel } from '../support/model-folder.ts';

const copy = copyModel('llama2-mha');
afterAll(() => copy.remove());
const key = async (purpose = 'int4') => checkpointKey(await openCheckpoint(copy.folder), purpose);

describe('the key of a checkpoint', () => {
  it('stays the same while nothing changes, and differs by purpose', async () => {
    expect(await key()).toBe(await key());
    expect(await key('int8')).not.toBe(await key('int4'));
  });

  it('changes with the weights, even where size and time stay as they were', async () => {
    const before = await key();
    const file = copy.file('model.safetensors');
    const { atime, mtime } = statSync(file);
    const bytes = readFileSync(file);
    for (let index = bytes.length >> 1; index < bytes.length; index++) bytes[index]! ^= 1;
    writeFileSync(file, bytes);
    utimesSync(file, atime, mtime);
    expect(await key()).not.toBe(before);
  });

  it('changes with the time of a file', async () => {
    const before = await key();
    utimesSync(copy.file('model.safetensors'), new Date(1_000_000), new Date(1_000_000));
    expect(await key()).not.toBe(before);
  });
});
