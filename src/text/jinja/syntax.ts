import { parse, tokenize } from '@huggingface/jinja';

/** The syntax tree that @huggingface/jinja gives, with its tests turned into filters (see {@link parseTemplate}). */
export type Statement =
  | { readonly type: 'If'; readonly test: Expression; readonly body: Statement[]; readonly alternate: Statement[] }
  | {
      readonly type: 'For';
      readonly loopvar: Target;
      readonly iterable: Expression;
      readonly body: Statement[];
      readonly defaultBlock: Statement[];
    }
  | { readonly type: 'Set'; readonly assignee: Target; readonly value: Expression | null; readonly body: Statement[] }
  | { readonly type: 'Macro'; readonly name: Identifier; readonly args: Parameter[]; readonly body: Statement[] }
  | {
      readonly type: 'CallStatement';
      readonly call: Call;
      readonly callerArgs: Parameter[] | null;
      readonly body: Statement[];
    }
  | { readonly type: 'FilterStatement'; readonly filter: Identifier | Call; readonly body: Statement[] }
  | { readonly type: 'Break' }
  | { readonly type: 'Continue' }
  | { readonly type: 'Comment' }
  | Expression;

export type Expression =
  | Identifier
  | Call
  | Member
  | { readonly type: 'IntegerLiteral' | 'FloatLiteral'; readonly value: number }
  | { readonly type: 'StringLiteral'; readonly value: string }
  | { readonly type: 'ArrayLiteral' | 'TupleLiteral'; readonly value: Expression[] }
  | { readonly type: 'ObjectLiteral'; readonly value: Map<Expression, Expression> }
  | Binary
  | { readonly type: 'UnaryExpression'; readonly operator: Operator; readonly argument: Expression }
  | { readonly type: 'FilterExpression'; readonly operand: Expression; readonly filter: Identifier | Call }
  | Select
  | {
      readonly type: 'Ternary';
      readonly condition: Expression;
      readonly trueExpr: Expression;
      readonly falseExpr: Expression;
    };

export interface Identifier {
  readonly type: 'Identifier';
  readonly value: string;
}

export interface Call {
  readonly type: 'CallExpression';
  readonly callee: Expression;
  readonly args: Argument[];
}

export type Argument =
  | Expression
  | KeywordArgument
  | { readonly type: 'SpreadExpression' | 'KeywordSpreadExpression'; readonly argument: Expression };

interface KeywordArgument {
  readonly type: 'KeywordArgumentExpression';
  readonly key: Identifier;
  readonly value: Expression;
}

export type Parameter = Identifier | KeywordArgument;

export interface Member {
  readonly type: 'MemberExpression';
  readonly object: Expression;
  readonly property: Expression | Slice;
  readonly computed: boolean;
}

interface Slice {
  readonly type: 'SliceExpression';
  readonly start?: Expression;
  readonly stop?: Expression;
  readonly step?: Expression;
}

export interface Binary {
  readonly type: 'BinaryExpression';
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
}

/** `a if b`: without else, and as the filter of a loop. */
interface Select {
  readonly type: 'SelectExpression';
  readonly lhs: Expression;
  readonly test: Expression;
}

export type Target = Identifier | Member | { readonly type: 'TupleLiteral'; readonly value: Expression[] };

interface Operator {
  readonly value: string;
}

type Token = ReturnType<typeof tokenize>[number];

/** Parses a chat template as transformers configures Jinja: trim_blocks, lstrip_blocks, loop controls, `{% generation %}`.
 * What the parser lacks is supplied here: `{% raw %}`, `{%+`, and tests with arguments, which become filters of the name
 * `is test` or `is not test`. @throws the parser's Error */
export function parseTemplate(source: string): Statement[] {
  const tokens = tokenize(rewriteBlocks(source.replace(/\r\n?/g, '\n')), { lstrip_blocks: true, trim_blocks: true });
  return parse(testsAsFilters(tokens)).body as Statement[];
}

const RAW = /\{%([-+]?)\s*raw\s*(-?)%\}(.*?)\{%(-?)\s*endraw\s*([-+]?)%\}/gs;
/** Splits what the lexer would take for a line's start from it. */
const NOTHING = "{{ '' }}";

function rewriteBlocks(source: string): string {
  return source
    .replace(RAW, (_, before, trimStart, text: string, trimEnd, after) => {
      let content = trimStart === '-' ? text.trimStart() : text.replace(/^\n/, '');
      if (trimEnd === '-') content = content.trimEnd();
      return `{{${before === '-' ? '-' : ''} ${stringLiteral(content)} ${after === '-' ? '-' : ''}}}`;
    })
    .replace(/\{%\+/g, `${NOTHING}{%`)
    .replace(/\+%\}/g, `%}${NOTHING}`);
}

function stringLiteral(text: string): string {
  const escaped = text.replace(/[\\'"{}%#\n]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return `'${escaped}'`;
}

const OPERAND_STARTS = new Set<string>([
  'Identifier',
  'NumericLiteral',
  'StringLiteral',
  'OpenSquareBracket',
  'OpenCurlyBracket',
]);
const OPENING = new Set<string>(['OpenParen', 'OpenSquareBracket', 'OpenCurlyBracket']);
const CLOSING = new Set<string>(['CloseParen', 'CloseSquareBracket', 'CloseCurlyBracket']);
/** Words that go on after a test instead of being its argument. */
const FOLLOWERS = new Set(['else', 'and', 'or', 'not', 'in', 'is', 'if', 'recursive']);

function testsAsFilters(tokens: readonly Token[]): Token[] {
  const result: Token[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (!isTest(tokens, i)) {
      result.push(token);
      continue;
    }
    const isNegated = isWord(tokens[i + 1], 'not');
    i += isNegated ? 2 : 1;
    result.push({ value: '|', type: 'Pipe' });
    result.push({ value: `is ${isNegated ? 'not ' : ''}${tokens[i]?.value}`, type: 'Identifier' });
    const end = operandEnd(tokens, i + 1);
    if (end > i + 1) {
      const operand = testsAsFilters(tokens.slice(i + 1, end));
      result.push({ value: '(', type: 'OpenParen' }, ...operand, { value: ')', type: 'CloseParen' });
      i = end - 1;
    }
  }
  return result;
}

function isTest(tokens: readonly Token[], index: number): boolean {
  const isName = tokens[index - 1]?.type === 'Dot' || tokens[index + 1]?.type === 'Equals';
  return isWord(tokens[index], 'is') && !isName && tokens[index + 1]?.type === 'Identifier';
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.type === 'Identifier' && token.value === word;
}

/** Where the operand of a test without parentheses ends (`is divisibleby 3`); `start` where there is none. */
function operandEnd(tokens: readonly Token[], start: number): number {
  const first = tokens[start];
  if (first === undefined || !OPERAND_STARTS.has(first.type) || FOLLOWERS.has(first.value)) return start;
  let end = OPENING.has(first.type) ? groupEnd(tokens, start) : start + 1;
  for (let next = tokens[end]; next !== undefined; next = tokens[end]) {
    if (next.type === 'Dot') end += 2;
    else if (next.type === 'OpenParen' || next.type === 'OpenSquareBracket') end = groupEnd(tokens, end);
    else break;
  }
  return end;
}

function groupEnd(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let i = start; i < tokens.length; i++) {
    const { type } = tokens[i]!;
    if (OPENING.has(type)) depth++;
    if (CLOSING.has(type) && --depth === 0) return i + 1;
  }
  return tokens.length;
}
