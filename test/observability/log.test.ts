import { describe, expect, it } from '@jest/globals';
import { createLog, type LogOptions } from '../../src/observability/log.ts';

function lines(options: Partial<LogOptions>, speak: (log: ReturnType<typeof createLog>) => void): string[] {
  const written: string[] = [];
  speak(createLog({ level: 'info', json: false, write: (line) => written.push(line), ...options }));
  return written;
}

describe('the log', () => {
  it('writes one JSON object a line with --json-output', () => {
    const [line] = lines({ json: true }, (log) => log.warn({ slots: 4 }, 'memory is short'));
    expect(line).toMatch(/\}\n$/);
    const { timestamp, ...rest } = JSON.parse(line!);
    expect(rest).toEqual({ level: 'WARN', slots: 4, message: 'memory is short' });
    expect(Date.parse(timestamp)).toBeGreaterThan(0);
  });

  it('writes a line for people otherwise, without terminal codes where there is no terminal', () => {
    const written = lines({}, (log) => log.info({ slots: 4 }, 'ready'));
    expect(written).toEqual([expect.stringMatching(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: ready \{"slots":4\}\n$/)]);
  });

  it('leaves out what is below its level', () => {
    const written = lines({ level: 'warn' }, (log) => {
      log.info('one');
      log.error('two');
    });
    expect(written).toEqual([expect.stringContaining('ERROR: two')]);
  });

  it.each(['prompt', 'inputs', 'messages', 'authorization', 'headers', 'apiKey', 'token'])(
    'never writes the field %s',
    (field) => {
      const secret = 'do-not-print';
      for (const json of [true, false]) {
        const written = lines({ json }, (log) => log.info({ [field]: secret, request: { [field]: secret } }, 'asked'));
        expect(written.join('')).toContain('[redacted]');
        expect(written.join('')).not.toContain(secret);
      }
    },
  );
});
