import type { GrammarPart, GrammarSpec, Trigger } from '../compile/grammar-spec.ts';

export interface ToolDefinition {
  readonly name: string;
  /** JSON Schema of the arguments; any object where it is undefined. */
  readonly parameters: unknown;
  /** Whether a schema that is not supported is refused; otherwise any object is taken for it. */
  readonly isStrict: boolean;
}

export interface ToolRequest {
  /** At least one. */
  readonly tools: readonly ToolDefinition[];
  /** auto: text or calls; required: calls only; a name: one call of that tool. */
  readonly choice: 'auto' | 'required' | { readonly name: string };
  /** Whether there may be several calls. */
  readonly isParallel: boolean;
}

/** How a model writes calls of tools. All are JSON objects with a name and arguments, between different marks or none. */
export interface ToolFormat {
  readonly kind: 'hermes' | 'llama3' | 'mistral' | 'plain';
  /** Texts that open calls. */
  readonly begins: readonly string[];
  /** Where they count: only as the first thing, or wherever they come. */
  readonly where: 'start' | 'anywhere';
  /** Of the member that holds the arguments. */
  readonly argumentsKey: 'arguments' | 'parameters';
  /** Characters that may stand between an opening text, calls, and what closes them. */
  readonly between: string;
  /** Closes calls; empty where the text's end does. */
  readonly end: string;
  /** Control tokens whose text the parser must see: detokenizers leave them out unless told. */
  readonly markers: readonly string[];
  /** A call's id: the template of some models takes no other length. */
  readonly callId: { readonly prefix: string; readonly numCharacters: number };
}

/** Not at all, in transformers' form, or in TGI's, whose arguments are JSON in a text. */
export type ToolReading = 'none' | 'transformers' | 'tgi';

const HERMES: ToolFormat = {
  kind: 'hermes',
  begins: ['<tool_call>'],
  where: 'anywhere',
  argumentsKey: 'arguments',
  between: ' \n\r\t',
  end: '</tool_call>',
  markers: ['<tool_call>', '</tool_call>'],
  callId: { prefix: 'call_', numCharacters: 24 },
};

const MISTRAL: ToolFormat = {
  kind: 'mistral',
  begins: ['[TOOL_CALLS]'],
  where: 'anywhere',
  argumentsKey: 'arguments',
  between: ' \n\r\t[,',
  end: ']',
  markers: ['[TOOL_CALLS]'],
  callId: { prefix: '', numCharacters: 9 },
};

const LLAMA3: ToolFormat = {
  kind: 'llama3',
  begins: ['<|python_tag|>', '{"name":', '{ "name":'],
  where: 'start',
  argumentsKey: 'parameters',
  between: ' \n\r\t;',
  end: '',
  markers: ['<|python_tag|>'],
  callId: { prefix: 'call_', numCharacters: 24 },
};

/** What TGI's prompt asks of any model. */
const PLAIN: ToolFormat = {
  ...LLAMA3,
  kind: 'plain',
  begins: ['{"name":', '{ "name":'],
  markers: [],
};

/** The format that a model was trained on, told by its chat template.
 * @param template undefined where the model has none
 * @returns a plain format where the template tells none: then the model must be told of it */
export function chooseToolFormat(template: string | undefined): ToolFormat {
  if (template === undefined || !rendersTools(template)) return PLAIN;
  if (template.includes('[TOOL_CALLS]')) return MISTRAL;
  if (template.includes('<tool_call>')) return HERMES;
  const isLlama =
    template.includes('<|python_tag|>') || (template.includes('"parameters": ') && template.includes('ipython'));
  return isLlama ? LLAMA3 : PLAIN;
}

/** Whether a template renders tools itself. */
export function rendersTools(template: string | undefined): boolean {
  return template !== undefined && /\btools\b/.test(template);
}

/** How a template reads tools. A template that prints them whole, and says no format of calls, gets them as TGI has them. */
export function toolReading(template: string | undefined): ToolReading {
  if (template === undefined || !rendersTools(template)) return 'none';
  return chooseToolFormat(template).kind === 'plain' && !/\bparameters\b/.test(template) ? 'tgi' : 'transformers';
}

/** What a model may write: its calls name one of the tools, and their arguments fit its schema.
 * @param textFormat what a text without calls must look like, where the model may choose; any where it is undefined */
export function toolGrammar(
  format: ToolFormat,
  { tools, choice, isParallel }: ToolRequest,
  textFormat?: GrammarSpec,
): GrammarSpec {
  const isNamed = typeof choice === 'object';
  const offered = isNamed ? tools.filter(({ name }) => name === choice.name) : tools;
  const calls = { format, tools: offered, isParallel: isParallel && !isNamed };
  if (choice !== 'auto') return { kind: 'parts', parts: forcedCalls(calls) };
  if (textFormat === undefined) return { kind: 'parts', parts: freeCalls(calls) };
  return { kind: 'parts', parts: [{ kind: 'choice', options: [...openedCalls(calls), partsOf(textFormat)] }] };
}

/** The texts of which one begins an answer that calls tools, where all other answers have a format of their own. */
export function callOpenings(format: ToolFormat, { tools }: ToolRequest): readonly string[] {
  if (format.kind === 'hermes' || format.kind === 'mistral') return format.begins;
  const inName = SPACES.flatMap((space) => tools.map(({ name }) => `{"name":${space}${JSON.stringify(name)},`));
  return [
    ...format.markers,
    ...inName.flatMap((text) => SPACES.map((space) => `${text}${space}"${format.argumentsKey}":`)),
  ];
}

/** What a part of kind `space` reads. */
const SPACES = ['', ' ', '\n'];

interface Calls {
  readonly format: ToolFormat;
  readonly tools: readonly ToolDefinition[];
  readonly isParallel: boolean;
}

function freeCalls(calls: Calls): GrammarPart[] {
  const { format, isParallel } = calls;
  const triggers = format.begins.map((text): Trigger => ({ text, parts: partsAfter(text, calls) }));
  const goesOn = isParallel && format.end !== '' && format.kind === 'hermes';
  return [{ kind: 'free-text', triggers, where: format.where, goesOn }];
}

function openedCalls(calls: Calls): GrammarPart[][] {
  const { format } = calls;
  if (format.kind !== 'llama3') return [forcedCalls(calls)];
  return [
    forcedCalls(calls),
    ...format.markers.map((text) => [{ kind: 'marker', text } as const, ...forcedCalls(calls)]),
  ];
}

function partsOf(spec: GrammarSpec): readonly GrammarPart[] {
  switch (spec.kind) {
    case 'json-schema':
      return [{ kind: 'json', schema: spec.schema, isLenient: false }];
    case 'json-object':
      return [{ kind: 'json', schema: { type: 'object' }, isLenient: false }];
    case 'regex':
      return [spec];
    case 'parts':
      return spec.parts;
  }
}

function forcedCalls(calls: Calls): GrammarPart[] {
  const { format, isParallel } = calls;
  const begin = format.begins[0]!;
  if (format.kind === 'llama3' || format.kind === 'plain') return callList(calls, '; ');
  const parts: GrammarPart[] = [{ kind: 'marker', text: begin }, ...partsAfter(begin, calls)];
  return format.kind === 'hermes' && isParallel ? [{ kind: 'repeat', parts, separator: '\n' }] : parts;
}

/** What follows an opening text, which for Llama 3 may hold the beginning of the first call. */
function partsAfter(begin: string, calls: Calls): GrammarPart[] {
  const space: GrammarPart = { kind: 'space' };
  switch (calls.format.kind) {
    case 'hermes':
      return [space, ...call(calls), space, { kind: 'marker', text: calls.format.end }];
    case 'mistral':
      return [space, literal('['), space, ...callList(calls, ', '), space, literal(']')];
    case 'llama3':
    case 'plain':
      return begin.startsWith('{') ? [...callAfterNameKey(calls), ...furtherCalls(calls)] : callList(calls, '; ');
  }
}

function callList(calls: Calls, separator: string): GrammarPart[] {
  return calls.isParallel ? [{ kind: 'repeat', parts: call(calls), separator }] : call(calls);
}

function furtherCalls(calls: Calls): GrammarPart[] {
  if (!calls.isParallel) return [];
  return [{ kind: 'choice', options: [[], [literal('; '), ...callList(calls, '; ')]] }];
}

const call = (calls: Calls): GrammarPart[] => [literal('{"name":'), ...callAfterNameKey(calls)];

function callAfterNameKey({ format, tools }: Calls): GrammarPart[] {
  const space: GrammarPart = { kind: 'space' };
  const options = tools.map(({ name, parameters, isStrict }): GrammarPart[] => [
    literal(`${JSON.stringify(name)},`),
    space,
    literal(`"${format.argumentsKey}":`),
    space,
    { kind: 'json', schema: objectSchema(parameters), isLenient: !isStrict },
  ]);
  return [space, { kind: 'choice', options }, space, literal('}')];
}

const literal = (text: string): GrammarPart => ({ kind: 'literal', text });

/** Arguments are an object, whether the schema says so or not. */
function objectSchema(parameters: unknown): unknown {
  const isSchema = typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters);
  if (!isSchema) return { type: 'object' };
  return 'type' in parameters || '$ref' in parameters ? parameters : { ...parameters, type: 'object' };
}
