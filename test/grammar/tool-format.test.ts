import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compileGrammar } from '../../src/grammar/compile/compile-grammar.ts';
import { MatcherFactory } from '../../src/grammar/masks/matcher.ts';
import {
  chooseToolFormat,
  rendersTools,
  type ToolFormat,
  type ToolRequest,
  toolGrammar,
} from '../../src/grammar/tools/tool-format.ts';
import { sample, seededRandom } from './support/random-model.ts';
import { readToolOutput } from './support/read-tool-output.ts';
import { toolSets } from './support/tool-sets.ts';
import { modelVocabularies } from './support/vocabularies.ts';

const ROUNDS = Number(process.env.PARLANCE_GRAMMAR_ROUNDS ?? 2);
const formats = ['<tool_call>', '<|python_tag|>', '[TOOL_CALLS]', ''].map((mark) =>
  chooseToolFormat(`{{ tools }} ${mark}`),
);
const ajv = new Ajv2020({ strict: false });
const factories = modelVocabularies.map((model) => ({ ...model, factory: new MatcherFactory(model.vocabulary) }));

/** Texts of random models under the grammar of a request, as tool call parsers see them. */
function readSamples(format: ToolFormat, request: ToolRequest) {
  const automaton = compileGrammar(toolGrammar(format, request));
  const random = seededRandom(11);
  return factories.flatMap(({ factory, vocabulary, stopId }) => {
    const masks = factory.masks(automaton);
    return Array.from({ length: ROUNDS }, () => {
      const { text, isFinished } = sample(factory.matcher(masks, [stopId]), vocabulary, stopId, 512, random);
      expect(isFinished).toBe(true);
      // Control tokens stand between bytes that no UTF-8 has.
      return readToolOutput(format, [text.replaceAll('\ufffd', '')]);
    });
  });
}

function expectFitting(request: ToolRequest, calls: readonly { name: string; arguments: string }[]): void {
  for (const call of calls) {
    const tool = request.tools.find(({ name }) => name === call.name)!;
    const isValid = ajv.compile(tool.parameters as object)(JSON.parse(call.arguments));
    expect({ call, isValid }).toEqual({ call, isValid: true });
  }
}

describe.each(formats)('the tool calls of $kind', (format) => {
  it.each(toolSets)('are required, parallel, and fit: $name', ({ tools }) => {
    const request: ToolRequest = { tools, choice: 'required', isParallel: true };
    for (const { text, calls } of readSamples(format, request)) {
      expect(text).toBe('');
      expect(calls.length).toBeGreaterThan(0);
      expectFitting(request, calls);
    }
  });

  it.each(toolSets)('are one where only one may be: $name', ({ tools }) => {
    const request: ToolRequest = { tools, choice: 'required', isParallel: false };
    for (const { calls } of readSamples(format, request)) {
      expect(calls).toHaveLength(1);
      expectFitting(request, calls);
    }
  });

  it('are of the tool that is named', () => {
    const request: ToolRequest = { tools: toolSets[0]!.tools, choice: { name: 'search' }, isParallel: true };
    for (const { calls } of readSamples(format, request)) {
      expect(calls.map(({ name }) => name)).toEqual(['search']);
      expectFitting(request, calls);
    }
  });

  it('fit where the model is free to call or not', () => {
    const request: ToolRequest = { tools: toolSets[0]!.tools, choice: 'auto', isParallel: true };
    const matcher = acceptor(format, request);
    const call =
      format.argumentsKey === 'arguments'
        ? '{"name": "search", "arguments": {"query": "x", "limit": 3}}'
        : '{"name": "search", "parameters": {"query": "x", "limit": 3}}';
    const [open, close] =
      format.kind === 'hermes'
        ? ['<tool_call>\n', '\n</tool_call>']
        : format.kind === 'mistral'
          ? ['[TOOL_CALLS] [', ']']
          : ['', ''];
    expect(matcher('Just text, with { and < and [TOOL.')).toBe('complete');
    expect(matcher(`${open}${call}${close}`)).toBe('complete');
    expect(matcher(`${open}${call.replace('"limit": 3', '"limit": 51')}${close}`)).toBe('refused');
    expect(matcher(`${open}${call.replace('search', 'delete')}${close}`)).toBe('refused');
    expect(matcher(`${open}${call.slice(0, 20)}`)).toBe('open');
  });
});

/** What becomes of a text, byte by byte. */
function acceptor(format: ToolFormat, request: ToolRequest) {
  const { factory } = factories[0]!;
  const { machine } = factory.masks(compileGrammar(toolGrammar(format, request)));
  return (text: string) => {
    const end = Buffer.from(text).reduce<ReturnType<typeof machine.step>>(
      (set, byte) => set && machine.step(set, byte),
      machine.start(),
    );
    return end === null ? 'refused' : end.isAccepting ? 'complete' : 'open';
  };
}

describe('tools whose schema is not supported', () => {
  const parameters = { type: 'object', properties: { a: { not: { type: 'null' } } } };
  const request = (isStrict: boolean): ToolRequest => ({
    tools: [{ name: 'f', parameters, isStrict }],
    choice: 'required',
    isParallel: false,
  });

  it('are refused where they are strict', () => {
    expect(() => compileGrammar(toolGrammar(formats[0]!, request(true)))).toThrow('the keyword "not" is not supported');
  });

  it('take any object where they are not', () => {
    const [reading] = readSamples(formats[0]!, request(false));
    expect(JSON.parse(reading!.calls[0]!.arguments)).toBeInstanceOf(Object);
  });
});

describe('the format of a model', () => {
  const template = (name: string): string => {
    const file = new URL(`../fixtures/models/${name}/tokenizer_config.json`, import.meta.url);
    return JSON.parse(readFileSync(file, 'utf8')).chat_template;
  };

  it.each([
    ['qwen2', 'hermes'],
    ['qwen3', 'hermes'],
    ['llama3-tied', 'llama3'],
  ])('is told by the chat template of %s: %s', (model, kind) => {
    expect(chooseToolFormat(template(model)).kind).toBe(kind);
    expect(rendersTools(template(model))).toBe(true);
  });

  it('is plain where the template knows no tools', () => {
    expect(chooseToolFormat(template('llama2-mha')).kind).toBe('plain');
    expect(rendersTools(template('llama2-mha'))).toBe(false);
  });
});
