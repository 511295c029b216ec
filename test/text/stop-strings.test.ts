import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StopCursor, StopStrings } from '../../src/text/stop-strings.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 30 });
const stops = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), minLength: 1, maxLength: 4 }), {
  maxLength: 5,
});

function cursorAfter(read: string, strings: readonly string[]): StopCursor {
  const cursor = new StopCursor(new StopStrings(strings));
  cursor.read(read);
  return cursor;
}

describe('a stop cursor', () => {
  it('finds the longest stop string that the text ends with, or that one newline follows', () => {
    fc.assert(
      fc.property(text, stops, (read, strings) => {
        const ending = (end: string) => strings.filter((stop) => end.endsWith(stop)).map((stop) => stop.length);
        const atEnd = ending(read);
        const beforeNewline = read.endsWith('\n') ? ending(read.slice(0, -1)).map((length) => length + 1) : [];
        const lengths = atEnd.length > 0 ? atEnd : beforeNewline;
        const expected = lengths.length > 0 ? Math.max(...lengths) : undefined;
        expect(cursorAfter(read, strings).stopLength).toBe(expected);
      }),
    );
  });

  it('tells how much of the end may still become a stop string', () => {
    fc.assert(
      fc.property(text, stops, (read, strings) => {
        const starts = strings.flatMap((stop) => Array.from(stop, (_, i) => stop.slice(0, i + 1)));
        const lengths = starts.filter((start) => read.endsWith(start)).map((start) => start.length);
        expect(cursorAfter(read, strings).pendingLength).toBe(Math.max(0, ...lengths));
      }),
    );
  });

  it('stops where the first stop string is complete, wherever the text is cut', () => {
    fc.assert(
      fc.property(text, stops, fc.nat(30), (read, strings, cut) => {
        const ends = strings
          .map((stop) => read.indexOf(stop) + stop.length)
          .filter((end, i) => end >= strings[i]!.length);
        const expected = ends.length > 0 ? Math.min(...ends) : undefined;
        const cursor = new StopCursor(new StopStrings(strings));
        const first = cursor.readUntilStop(read.slice(0, cut));
        const second = first === undefined ? cursor.readUntilStop(read.slice(cut)) : undefined;
        const end = first ?? (second === undefined ? undefined : second + Math.min(cut, read.length));
        expect(end).toBe(expected);
      }),
    );
  });

  it('ends any text for an empty stop string', () => {
    expect(cursorAfter('x', ['']).stopLength).toBe(0);
    expect(cursorAfter('x', []).stopLength).toBeUndefined();
  });

  it('reads a token in less than 0.1 ms among thousands of long stop strings that all nearly match', () => {
    const strings = Array.from({ length: 4000 }, (_, i) => `${'a'.repeat(200)}${i}`);
    const cursor = new StopCursor(new StopStrings(strings));
    const numTokens = 20_000;
    const startedAt = performance.now();
    for (let i = 0; i < numTokens; i++) cursor.read('aaaa');
    expect((performance.now() - startedAt) / numTokens).toBeLessThan(0.1);
    expect(cursor.pendingLength).toBe(200);
  });
});
