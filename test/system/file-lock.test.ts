import { mkdtempSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { acquireFileLock, tryFileLock } from '../../src/system/file-lock.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlance-lock-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file lock', () => {
  it('is held by one at a time, and by the next once it is free', async () => {
    const path = join(folder, 'a/b.lock');
    const first = await acquireFileLock(path);
    expect(tryFileLock(path)).toBeUndefined();
    const order: string[] = [];
    const onWait = () => {
      order.push('waits');
      first.release();
    };
    const second = await acquireFileLock(path, { onWait });
    order.push('holds');
    expect(tryFileLock(path)).toBeUndefined();
    second.release();
    expect(order).toEqual(['waits', 'holds']);
  });

  it('can be given up waiting for', async () => {
    const path = join(folder, 'c.lock');
    const held = await acquireFileLock(path);
    const abort = new AbortController();
    const waiting = acquireFileLock(path, { signal: abort.signal, onWait: () => abort.abort() });
    await expect(waiting).rejects.toThrow('aborted');
    held.release();
  });

  it('is one on the file that has the name, whoever removed the one before', async () => {
    const path = join(folder, 'd.lock');
    const held = await acquireFileLock(path);
    unlinkSync(path);
    const fresh = await acquireFileLock(path);
    expect(tryFileLock(path)).toBeUndefined();
    held.release();
    fresh.release();
  });
});
