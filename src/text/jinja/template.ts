import { BoundArguments } from './arguments.ts';
import { render } from './interpreter.ts';
import { type JsonStyle, toText } from './printing.ts';
import { Scope } from './scope.ts';
import { strftime } from './strftime.ts';
import { parseTemplate, type Statement } from './syntax.ts';
import { Callable, isDict, iterate, Namespace, TemplateError, toValue, type Value } from './values.ts';

/** As Jinja's sandbox has it. */
const MAX_RANGE = 100_000;

export interface RenderOptions {
  /** In UTF-16 units. */
  readonly maxLength: number;
  /** What `strftime_now` tells. */
  readonly now: Date;
  /** @default python */
  readonly jsonStyle?: JsonStyle;
}

/** A chat template in Jinja with transformers' settings and globals. The syntax is @huggingface/jinja's; its interpreter
 * isn't used, because it prints, adds, compares and strips as JavaScript does, where templates rely on Python. */
export class Template {
  readonly #statements: readonly Statement[];

  /** @throws TemplateError where it isn't Jinja */
  constructor(source: string) {
    try {
      this.#statements = parseTemplate(source);
    } catch (error) {
      throw new TemplateError(
        `the chat template has a syntax error: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  /** @param variables JSON @throws TemplateError */
  render(variables: Readonly<Record<string, unknown>>, { maxLength, now, jsonStyle }: RenderOptions): string {
    const globals = new Scope(undefined, [...CONSTANTS, ...FUNCTIONS, ['strftime_now', strftimeNow(now)]], jsonStyle);
    const context = Object.entries(variables).filter(([, value]) => value !== undefined);
    const scope = new Scope(
      globals,
      context.map(([name, value]) => [name, toValue(value)]),
    );
    try {
      return render(this.#statements, scope, maxLength);
    } catch (error) {
      // The engine's own limits: its stack, and the length of a string or array.
      if (!(error instanceof RangeError)) throw error;
      const isStack = error.message.includes('call stack');
      throw new TemplateError(
        isStack ? 'maximum recursion depth exceeded' : 'the chat template makes a value too large',
      );
    }
  }
}

const CONSTANTS: readonly (readonly [string, Value])[] = [
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
];

const FUNCTIONS: readonly (readonly [string, Callable])[] = [
  new Callable('raise_exception', (args) => {
    throw new TemplateError(toText(new BoundArguments('raise_exception', args, ['message']).required('message')));
  }),
  new Callable('range', (args) => {
    const bound = new BoundArguments('range', args, ['start', 'stop', 'step']);
    const hasStop = args.positional.length > 1;
    const [start, stop] = hasStop
      ? [bound.integer('start', 0), bound.integer('stop', 0)]
      : [0, bound.integer('start', 0)];
    return range(start, stop, bound.integer('step', 1));
  }),
  new Callable('namespace', ({ positional, keywords }) => {
    const entries = positional.flatMap(pairsOf).map(([name, value]) => [toText(name), value] as const);
    return new Namespace([...entries, ...keywords]);
  }),
  new Callable('dict', ({ positional, keywords }) => new Map([...positional.flatMap(pairsOf), ...keywords])),
].map((callable) => [callable.name, callable] as const);

function pairsOf(value: Value): (readonly [Value, Value])[] {
  if (isDict(value)) return [...value];
  return iterate(value).map((pair) => {
    const [key, item] = iterate(pair);
    if (key === undefined || item === undefined) throw new TemplateError('a dict is made of pairs');
    return [key, item];
  });
}

function range(start: number, stop: number, step: number): number[] {
  if (step === 0) throw new TemplateError('range() arg 3 must not be zero');
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > MAX_RANGE)
    throw new TemplateError(`Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`);
  return Array.from({ length }, (_, index) => start + index * step);
}

function strftimeNow(now: Date): Callable {
  return new Callable('strftime_now', (args) => {
    return strftime(now, new BoundArguments('strftime_now', args, ['format']).string('format'));
  });
}
