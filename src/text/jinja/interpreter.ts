import { evaluateArguments, readParameters } from './calls.ts';
import { applyFilter } from './filters.ts';
import { getAttribute, getItem, getSlice } from './lookup.ts';
import { loopVariable } from './loop.ts';
import { applyOperator } from './operators.ts';
import { toText } from './printing.ts';
import { Output, Scope } from './scope.ts';
import type { Binary, Call, Expression, Identifier, Member, Parameter, Statement, Target } from './syntax.ts';
import {
  type Arguments,
  asNumber,
  Callable,
  isTrue,
  iterate,
  Namespace,
  NO_ARGUMENTS,
  TemplateError,
  typeName,
  Undefined,
  type Value,
} from './values.ts';

type Signal = 'break' | 'continue' | undefined;

/** Runs a template's statements as Jinja does. @throws TemplateError */
export function render(statements: readonly Statement[], scope: Scope, maxLength: number): string {
  const output = new Output(maxLength);
  execute(statements, scope, output);
  return output.text;
}

function execute(statements: readonly Statement[], scope: Scope, output: Output): Signal {
  for (const statement of statements) {
    const signal = executeOne(statement, scope, output);
    if (signal !== undefined) return signal;
  }
  return undefined;
}

function executeOne(statement: Statement, scope: Scope, output: Output): Signal {
  switch (statement.type) {
    case 'If':
      return execute(isTrue(evaluate(statement.test, scope)) ? statement.body : statement.alternate, scope, output);
    case 'For':
      executeFor(statement, scope, output);
      return undefined;
    case 'Set': {
      const { assignee, value, body } = statement;
      assign(assignee, value === null ? capture(body, new Scope(scope), output) : evaluate(value, scope), scope);
      return undefined;
    }
    case 'Macro':
      scope.set(statement.name.value, macro(statement.name.value, statement, scope, output));
      return undefined;
    case 'CallStatement': {
      const { call, callerArgs, body } = statement;
      const caller = macro('caller', { args: callerArgs ?? [], body }, scope, output);
      output.write(toText(evaluateCall(call, scope, caller)));
      return undefined;
    }
    case 'FilterStatement':
      output.write(toText(filter(statement.filter, capture(statement.body, new Scope(scope), output), scope)));
      return undefined;
    case 'Break':
      return 'break';
    case 'Continue':
      return 'continue';
    case 'Comment':
      return undefined;
    default:
      output.write(toText(evaluate(statement, scope)));
      return undefined;
  }
}

function capture(statements: readonly Statement[], scope: Scope, output: Output): string {
  const inner = new Output(output.maxLength);
  execute(statements, scope, inner);
  return inner.text;
}

type For = Extract<Statement, { type: 'For' }>;

function executeFor({ loopvar, iterable, body, defaultBlock }: For, scope: Scope, output: Output): void {
  const hasFilter = iterable.type === 'SelectExpression';
  const items = iterate(evaluate(hasFilter ? iterable.lhs : iterable, scope)).filter((item) => {
    if (!hasFilter) return true;
    const inner = new Scope(scope);
    assign(loopvar, item, inner);
    return isTrue(evaluate(iterable.test, inner));
  });
  if (items.length === 0) execute(defaultBlock, new Scope(scope), output);
  const loop = loopVariable(items);
  for (const [index, item] of items.entries()) {
    const inner = new Scope(scope);
    inner.set('loop', loop(index));
    assign(loopvar, item, inner);
    if (execute(body, inner, output) === 'break') return;
  }
}

function assign(target: Target | Expression, value: Value, scope: Scope): void {
  if (target.type === 'Identifier') {
    scope.set(target.value, value);
  } else if (target.type === 'TupleLiteral') {
    const items = iterate(value);
    const wanted = target.value.length;
    if (items.length < wanted) {
      throw new TemplateError(`not enough values to unpack (expected ${wanted}, got ${items.length})`);
    }
    if (items.length > wanted) throw new TemplateError(`too many values to unpack (expected ${wanted})`);
    for (const [index, part] of target.value.entries()) assign(part, items[index]!, scope);
  } else if (target.type === 'MemberExpression' && target.property.type === 'Identifier') {
    const object = evaluate(target.object, scope);
    if (!(object instanceof Namespace)) throw new TemplateError('cannot assign attribute on non-namespace object');
    object.attributes.set(target.property.value, value);
  } else {
    throw new TemplateError("can't assign to that");
  }
}

interface MacroParts {
  readonly args: readonly Parameter[];
  readonly body: readonly Statement[];
}

function macro(name: string, { args: parameters, body }: MacroParts, scope: Scope, output: Output): Callable {
  const descriptions = readParameters(parameters);
  return new Callable(name, ({ positional, keywords }: Arguments) => {
    const inner = new Scope(scope);
    const rest = new Map(keywords);
    for (const [index, { name: parameter, defaultValue }] of descriptions.entries()) {
      const given = index < positional.length ? positional[index] : rest.get(parameter);
      rest.delete(parameter);
      const otherwise = () =>
        defaultValue ? evaluate(defaultValue, inner) : new Undefined(`parameter '${parameter}' was not provided`);
      inner.set(parameter, given === undefined ? otherwise() : given);
    }
    inner.set('varargs', positional.slice(parameters.length));
    if (rest.has('caller')) inner.set('caller', rest.get('caller')!);
    rest.delete('caller');
    inner.set('kwargs', rest);
    return capture(body, inner, output);
  });
}

function evaluate(node: Expression, scope: Scope): Value {
  switch (node.type) {
    case 'Identifier':
      return scope.get(node.value);
    case 'IntegerLiteral':
    case 'FloatLiteral':
    case 'StringLiteral':
      return node.value;
    case 'ArrayLiteral':
    case 'TupleLiteral':
      return node.value.map((item) => evaluate(item, scope));
    case 'ObjectLiteral':
      return new Map([...node.value].map(([key, value]) => [evaluate(key, scope), evaluate(value, scope)]));
    case 'CallExpression':
      return evaluateCall(node, scope);
    case 'MemberExpression':
      return evaluateMember(node, scope);
    case 'BinaryExpression':
      return evaluateBinary(node, scope);
    case 'UnaryExpression':
      return evaluateUnary(node.operator.value, evaluate(node.argument, scope));
    case 'FilterExpression':
      return filter(node.filter, evaluate(node.operand, scope), scope);
    case 'SelectExpression': {
      const missing = () =>
        new Undefined('the inline if-expression evaluated to false and no else section was defined.');
      return isTrue(evaluate(node.test, scope)) ? evaluate(node.lhs, scope) : missing();
    }
    case 'Ternary':
      return evaluate(isTrue(evaluate(node.condition, scope)) ? node.trueExpr : node.falseExpr, scope);
    default:
      node satisfies never;
      throw new TemplateError(`${(node as Expression).type} isn't served`);
  }
}

function evaluateBinary({ operator, left, right }: Binary, scope: Scope): Value {
  const a = evaluate(left, scope);
  if (operator.value === 'and') return isTrue(a) ? evaluate(right, scope) : a;
  if (operator.value === 'or') return isTrue(a) ? a : evaluate(right, scope);
  return applyOperator(operator.value, a, evaluate(right, scope));
}

function evaluateUnary(operator: string, value: Value): Value {
  if (operator === 'not') return !isTrue(value);
  const number = asNumber(value);
  if (number === undefined) throw new TemplateError(`bad operand type for unary ${operator}: '${typeName(value)}'`);
  return operator === '-' ? -number : number;
}

function evaluateMember({ object, property, computed }: Member, scope: Scope): Value {
  const value = evaluate(object, scope);
  if (property.type === 'SliceExpression') {
    const { start, stop, step } = property;
    const bound = (part: Expression | undefined) => (part === undefined ? null : evaluate(part, scope));
    return getSlice(value, [bound(start), bound(stop), bound(step)]);
  }
  if (!computed && property.type === 'Identifier') return getAttribute(value, property.value);
  return getItem(value, evaluate(property, scope));
}

function evaluateCall({ callee, args }: Call, scope: Scope, caller?: Callable): Value {
  const callable = evaluate(callee, scope);
  if (callable instanceof Undefined) throw new TemplateError(callable.message);
  if (!(callable instanceof Callable)) throw new TemplateError(`'${typeName(callable)}' object is not callable`);
  const { positional, keywords } = evaluateArguments(args, (part) => evaluate(part, scope));
  return callable.call({ positional, keywords: caller ? new Map([...keywords, ['caller', caller]]) : keywords });
}

function filter(node: Identifier | Call, value: Value, scope: Scope): Value {
  if (node.type === 'Identifier') return applyFilter(node.value, value, NO_ARGUMENTS, scope.jsonStyle);
  if (node.callee.type !== 'Identifier') throw new TemplateError('a filter is named by a word');
  return applyFilter(
    node.callee.value,
    value,
    evaluateArguments(node.args, (part) => evaluate(part, scope)),
    scope.jsonStyle,
  );
}
