import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ParlanceError } from '../../src/errors/errors.ts';
import { readSafetensorsHeader } from '../../src/models/safetensors.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'parlance-safetensors-'));
const file = path.join(folder, 'model.safetensors');
afterAll(() => rmSync(folder, { recursive: true }));

function safetensors(header: unknown, data = Buffer.alloc(0)): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

const twoTensors = {
  __metadata__: { format: 'pt' },
  b: { dtype: 'BF16', shape: [2, 3], data_offsets: [8, 20] },
  a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
};

async function complaint(bytes: Uint8Array): Promise<string> {
  writeFileSync(file, bytes);
  const error = await readSafetensorsHeader(file).catch((reason: unknown) => reason);
  if (!(error instanceof ParlanceError)) throw new Error(`expected a ParlanceError, got ${String(error)}`);
  expect(error.code).toBe('invalid_checkpoint');
  expect(error.message).toContain(file);
  return error.message;
}

describe('the safetensors header', () => {
  it('says where each tensor lies in the file', async () => {
    const bytes = safetensors(twoTensors, Buffer.alloc(20));
    writeFileSync(file, bytes);
    const tensors = await readSafetensorsHeader(file);
    const start = bytes.length - 20;
    expect(Object.fromEntries(tensors)).toEqual({
      a: { file, dtype: 'F32', shape: [2], byteOffset: start, byteLength: 8 },
      b: { file, dtype: 'BF16', shape: [2, 3], byteOffset: start + 8, byteLength: 12 },
    });
  });

  it('reaches tensors far beyond 4 GiB', async () => {
    const bytes = 6 * 2 ** 30;
    const header = safetensors({
      low: { dtype: 'U8', shape: [bytes], data_offsets: [0, bytes] },
      high: { dtype: 'F16', shape: [2], data_offsets: [bytes, bytes + 4] },
    });
    writeFileSync(file, header);
    truncateSync(file, header.length + bytes + 4);
    expect((await readSafetensorsHeader(file)).get('high')).toMatchObject({ byteOffset: header.length + bytes });
  });

  it('is refused where the file is truncated', async () => {
    const whole = safetensors(twoTensors, Buffer.alloc(20));
    expect(await complaint(whole.subarray(0, 5))).toContain('has 5 bytes');
    expect(await complaint(whole.subarray(0, 40))).toMatch(/header has \d+ bytes, but 32 bytes follow.*truncated/);
    expect(await complaint(whole.subarray(0, -1))).toContain('truncated');
  });

  it('is refused where bytes follow the last tensor', async () => {
    expect(await complaint(safetensors(twoTensors, Buffer.alloc(21)))).toContain('too long');
  });

  it('is refused where its length is absurd', async () => {
    const bytes = safetensors(twoTensors, Buffer.alloc(20));
    bytes.writeBigUInt64LE(2n ** 63n);
    expect(await complaint(bytes)).toContain('9223372036854775808');
  });

  it('is refused where it is no JSON object of tensors', async () => {
    expect(await complaint(safetensors('{"a": '))).toContain('corrupt header');
    expect(await complaint(safetensors('[1, 2]'))).toContain('corrupt header');
    expect(await complaint(safetensors(Buffer.of(0x7b, 0xff, 0x7d).toString('latin1')))).toContain('corrupt header');
    expect(await complaint(safetensors({ a: { dtype: 'F32', shape: [-1], data_offsets: [0, 4] } }))).toContain(
      'tensor a',
    );
    expect(await complaint(safetensors({ a: { dtype: 'F32', shape: [1] } }))).toContain('tensor a');
    const beyond = 2 ** 53;
    expect(await complaint(safetensors({ a: { dtype: 'U8', shape: [beyond], data_offsets: [0, beyond] } }))).toContain(
      'tensor a',
    );
  });

  it.each([
    ['too short for its shape', { dtype: 'F32', shape: [3], data_offsets: [0, 8] }, 'needs 12 bytes'],
    ['backwards', { dtype: 'F32', shape: [0], data_offsets: [8, 0] }, 'span -8'],
    ['after a hole', { dtype: 'F32', shape: [1], data_offsets: [4, 8] }, 'leave holes'],
    ['of an unknown type', { dtype: 'F128', shape: [1], data_offsets: [0, 16] }, 'unknown dtype F128'],
    ['beyond the end', { dtype: 'F32', shape: [4], data_offsets: [0, 16] }, 'truncated'],
  ])('is refused where a tensor is %s', async (_, tensor, message) => {
    expect(await complaint(safetensors({ odd: tensor }, Buffer.alloc(8)))).toContain(message);
  });

  it('is refused where tensors overlap', async () => {
    const header = {
      a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
      b: { dtype: 'F32', shape: [2], data_offsets: [4, 12] },
    };
    expect(await complaint(safetensors(header, Buffer.alloc(12)))).toMatch(/tensor b lies at 4…12.*ends at 8/);
  });

  it('never fails in any other way, whatever the bytes', async () => {
    const whole = safetensors(twoTensors, Buffer.alloc(20));
    const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [index, value] of changes) bytes[index] = value;
        writeFileSync(file, bytes);
        const result = await readSafetensorsHeader(file).catch((error: unknown) => error);
        expect(result instanceof Map || (result instanceof ParlanceError && result.code === 'invalid_checkpoint')).toBe(
          true,
        );
      }),
    );
  });
});
