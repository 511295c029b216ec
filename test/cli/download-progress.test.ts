import { describe, expect, it } from '@jest/globals';
import { showDownload } from '../../src/cli/models/download-progress.ts';
import { createLog } from '../../src/observability/log.ts';

describe('the progress of a download, where no terminal is there to draw on', () => {
  it('is a line at the beginning and one every ten seconds', () => {
    const messages: string[] = [];
    const write = (line: string) => void messages.push(JSON.parse(line).message);
    let nowMs = 0;
    const log = createLog({ level: 'info', json: true, write });
    const display = showDownload('org/name', log, { terminal: undefined, now: () => nowMs });
    for (; nowMs <= 21_000; nowMs += 500) display.onProgress({ bytesDone: nowMs * 1024, bytesTotal: 100 * 2 ** 20 });
    display.end();
    expect(messages).toEqual([
      'downloading org/name',
      'downloading org/name: 9.8 MiB of 100 MiB',
      'downloading org/name: 19.5 MiB of 100 MiB',
    ]);
  });
});
