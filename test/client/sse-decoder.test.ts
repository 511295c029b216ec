import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SseDecoder } from '../../src/client/sse-decoder.ts';

function decode(text: string, cuts: readonly number[] = []) {
  const bytes = Buffer.from(text);
  const places = [...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
  const decoder = new SseDecoder();
  const parts = [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.length));
  return [...parts.flatMap((part) => decoder.push(part)), ...decoder.end()];
}

describe('the decoder of server-sent events', () => {
  it('reads fields as the standard has it', () => {
    const text = [
      '\ufeff: a comment',
      'data: first',
      'data:second',
      'data',
      'data:  indented',
      'id: 7',
      'unknown: x',
      '',
      'event: error',
      'data: {"a":1}',
      '',
      'event: without data',
      '',
      'data: last',
      '',
      '',
    ].join('\n');
    expect(decode(text)).toEqual([
      { event: 'message', data: 'first\nsecond\n\n indented' },
      { event: 'error', data: '{"a":1}' },
      { event: 'message', data: 'last' },
    ]);
  });

  it('takes an event whose blank line the end of the stream left out', () => {
    expect(decode('data: [DONE]')).toEqual([{ event: 'message', data: '[DONE]' }]);
    expect(decode('data: x\n')).toEqual([{ event: 'message', data: 'x' }]);
  });

  it('finds the same events wherever the bytes are cut, with any line ends', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => text.replaceAll(/[\r\n]/g, ''));
    const event = fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 3 }), comment: fc.boolean() });
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(event), lineEnd, fc.array(fc.nat(), { maxLength: 60 }), (events, end, cuts) => {
        const text = events
          .map(
            ({ lines, comment }) =>
              `${comment ? `: hold on${end}` : ''}${lines.map((one) => `data: ${one}${end}`).join('')}${end}`,
          )
          .join('');
        expect(decode(text, cuts).map(({ data }) => data)).toEqual(events.map(({ lines }) => lines.join('\n')));
      }),
    );
  });
});
