import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import { MatcherFactory } from '../../src/grammar/masks/matcher.ts';
import { CallOrTextReader } from '../../src/grammar/tools/call-or-text-reader.ts';
import { callOpenings, chooseToolFormat, type ToolRequest, toolGrammar } from '../../src/grammar/tools/tool-format.ts';
import { sample, seededRandom } from './support/random-model.ts';
import { toolSets } from './support/tool-sets.ts';
import { modelVocabularies } from './support/vocabularies.ts';

const formats = ['<tool_call>', '<|python_tag|>', '[TOOL_CALLS]', ''].map((mark) =>
  chooseToolFormat(`{{ tools }} ${mark}`),
);
const tools = toolSets[0]!.tools;
const request: ToolRequest = { tools, choice: 'auto', isParallel: true };
const schema = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 30 }, age: { type: 'integer' } },
  required: ['name', 'age'],
  additionalProperties: false,
};
const ajv = new Ajv2020({ strict: false });

function read(format: (typeof formats)[number], pieces: readonly string[]) {
  const reader = new CallOrTextReader(format, callOpenings(format, request));
  const outputs = [...pieces.flatMap((piece) => [...reader.push(piece)]), ...reader.end()];
  const text = outputs.map((output) => (output.type === 'text' ? output.text : '')).join('');
  const names = outputs.flatMap((output) => (output.type === 'call' ? [output.name] : []));
  const argumentTexts = names.map((_, index) =>
    outputs.map((output) => (output.type === 'arguments' && output.index === index ? output.delta : '')).join(''),
  );
  return { text, calls: names.map((name, index) => ({ name, arguments: argumentTexts[index]! })) };
}

describe.each(formats)('answers that are calls of $kind or a text with a format', (format) => {
  it('are one or the other, each right, whatever a model draws', () => {
    const automaton = compileGrammar(toolGrammar(format, request, { kind: 'json-schema', schema }));
    const random = seededRandom(5);
    const kinds = new Set<string>();
    for (const { vocabulary, stopId } of modelVocabularies) {
      const factory = new MatcherFactory(vocabulary);
      const masks = factory.masks(automaton);
      for (let round = 0; round < 12; round++) {
        const { text, isFinished } = sample(factory.matcher(masks, [stopId]), vocabulary, stopId, 512, random);
        expect(isFinished).toBe(true);
        // Control tokens stand between bytes that no UTF-8 has.
        const answer = read(format, [...text.replaceAll('\ufffd', '')]);
        kinds.add(answer.calls.length > 0 ? 'calls' : 'text');
        if (answer.calls.length === 0) expect(ajv.validate(schema, JSON.parse(answer.text))).toBe(true);
        else expect(answer.text).toBe('');
        for (const call of answer.calls) {
          const { parameters } = tools.find(({ name }) => name === call.name)!;
          expect(ajv.validate(parameters as object, JSON.parse(call.arguments))).toBe(true);
        }
      }
    }
    // A plain call begins like the text does: chance alone does not draw a tool's name.
    expect(kinds).toEqual(new Set(format.kind === 'plain' ? ['text'] : ['calls', 'text']));
  });

  it.each(['', ' '])('are calls where they begin as one, however they are cut, with %j between', (space) => {
    const args = '{"query":"x","limit":3}';
    const call = `{"name":${space}"search",${space}"${format.argumentsKey}":${space}${args}}`;
    const text = {
      hermes: `<tool_call>${call}</tool_call>`,
      mistral: `[TOOL_CALLS][${call}]`,
      llama3: call,
      plain: call,
    };
    for (let cut = 0; cut <= text[format.kind].length; cut++) {
      const pieces = [text[format.kind].slice(0, cut), text[format.kind].slice(cut)];
      expect(read(format, pieces)).toEqual({ text: '', calls: [{ name: 'search', arguments: args }] });
    }
  });

  it.each([
    '{"name": "Ada", "age": 36}',
    '{"name":"search","age":1}',
    '{"name": "<tool_call>[TOOL_CALLS]<|python_tag|>", "age": 1}',
    '{"na',
    '',
  ])('are text where they are no calls, however they are cut: %s', (text) => {
    for (let cut = 0; cut <= text.length; cut++) {
      expect(read(format, [text.slice(0, cut), text.slice(cut)])).toEqual({ text, calls: [] });
    }
  });
});
