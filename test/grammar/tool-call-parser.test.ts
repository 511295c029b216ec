import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseToolFormat } from '../../src/grammar/tools/tool-format.ts';
import { readToolOutput } from './support/read-tool-output.ts';

const hermes = chooseToolFormat('{{ tools }} <tool_call>');
const llama3 = chooseToolFormat('{{ tools }} <|python_tag|>');
const mistral = chooseToolFormat('{{ tools }} [TOOL_CALLS]');

const nested = '{"a": "x } \\" ] {", "b": [1, {"c": null}], "name": "inner"}';

const cases = [
  {
    title: 'Hermes: text, then two calls',
    format: hermes,
    text: `Let me see.\n<tool_call>\n{"name": "f", "arguments": ${nested}}\n</tool_call>\n<tool_call>{"name":"g","arguments":{}}</tool_call>`,
    reading: {
      text: 'Let me see.',
      calls: [
        { name: 'f', arguments: nested },
        { name: 'g', arguments: '{}' },
      ],
    },
  },
  {
    title: 'Hermes: text around a call',
    format: hermes,
    text: 'First <tool_call>{"name": "f", "arguments": {"x": 1}}</tool_call> then this.\n',
    reading: { text: 'First then this.', calls: [{ name: 'f', arguments: '{"x": 1}' }] },
  },
  {
    title: 'Hermes: arguments before the name, and members that are not known',
    format: hermes,
    text: '<tool_call>{"id": 7, "arguments": {"x": 1}, "name": "f", "more": [true]}</tool_call>',
    reading: { text: '', calls: [{ name: 'f', arguments: '{"x": 1}' }] },
  },
  {
    title: 'Hermes: text that only looks like a call',
    format: hermes,
    text: '  a <tool_cal> < <tool_call>no</tool_call> {"name": "f"} \n',
    reading: { text: '  a <tool_cal> < <tool_call>no</tool_call> {"name": "f"} \n', calls: [] },
  },
  {
    title: 'Hermes: a call that is cut off',
    format: hermes,
    text: '<tool_call>\n{"name": "f", "arguments": {"x": "un',
    reading: { text: '', calls: [{ name: 'f', arguments: '{"x": "un' }] },
  },
  {
    title: 'Llama 3: calls at the start',
    format: llama3,
    text: `{"name": "f", "parameters": ${nested}}; {"name": "g", "parameters": {"y": "é😀"}}`,
    reading: {
      text: '',
      calls: [
        { name: 'f', arguments: nested },
        { name: 'g', arguments: '{"y": "é😀"}' },
      ],
    },
  },
  {
    title: 'Llama 3: a call after the python tag',
    format: llama3,
    text: '\n<|python_tag|>{"name": "f", "parameters": {}}',
    reading: { text: '', calls: [{ name: 'f', arguments: '{}' }] },
  },
  {
    title: 'Llama 3: JSON that comes later is text',
    format: llama3,
    text: 'Take {"name": "f", "parameters": {}}',
    reading: { text: 'Take {"name": "f", "parameters": {}}', calls: [] },
  },
  {
    title: 'Mistral: a list of calls',
    format: mistral,
    text: `[TOOL_CALLS] [{"name": "f", "arguments": ${nested}}, {"name": "g", "arguments": {}, "id": "abcdefghi"}]`,
    reading: {
      text: '',
      calls: [
        { name: 'f', arguments: nested },
        { name: 'g', arguments: '{}' },
      ],
    },
  },
  { title: 'Mistral: plain text', format: mistral, text: ' [TOOLS] no ', reading: { text: ' [TOOLS] no ', calls: [] } },
];

describe.each(cases)('$title', ({ format, text, reading }) => {
  it('is read in one piece', () => {
    expect(readToolOutput(format, [text])).toEqual(reading);
  });

  it('is read the same, cut anywhere', () => {
    const characters = [...text];
    for (let cut = 0; cut <= characters.length; cut++) {
      expect(readToolOutput(format, [characters.slice(0, cut).join(''), characters.slice(cut).join('')])).toEqual(
        reading,
      );
    }
    expect(readToolOutput(format, characters)).toEqual(reading);
  });
});

describe('a tool call parser', () => {
  it('gives arguments as they come, and the name once', () => {
    const pieces = ['<tool_call>{"name": "f", ', '"arguments": {"x', '": 1', '}', '}</tool_call>'];
    expect(readToolOutput(hermes, pieces).calls).toEqual([{ name: 'f', arguments: '{"x": 1}' }]);
  });

  it('reads any text the same whole and in any pieces', () => {
    const token = fc.constantFrom(
      ...[
        '<tool_call>',
        '</tool_call>',
        '{"name": "f", "arguments": ',
        '{"x": [1]}',
        '}',
        '{',
        '"',
        ' ',
        '\n',
        'a',
        '[TOOL_CALLS]',
        '[',
        ']',
        '\\',
        ';',
        '<',
      ],
    );
    const format = fc.constantFrom(hermes, llama3, mistral);
    fc.assert(
      fc.property(fc.array(token, { maxLength: 14 }), format, fc.array(fc.nat(5)), (tokens, chosen, sizes) => {
        const text = tokens.join('');
        const pieces: string[] = [];
        let rest = text;
        for (const size of sizes) {
          pieces.push(rest.slice(0, size));
          rest = rest.slice(size);
        }
        expect(readToolOutput(chosen, [...pieces, rest])).toEqual(readToolOutput(chosen, [text]));
      }),
      { numRuns: 500 },
    );
  });
});
