import type { Argument, Expression, Parameter } from './syntax.ts';
import { type Arguments, isDict, iterate, TemplateError, typeName, type Value } from './values.ts';

/** The arguments of a call, `*args` and `**kwargs` unpacked. @throws TypeError's words */
export function evaluateArguments(args: readonly Argument[], evaluate: (node: Expression) => Value): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  for (const argument of args) {
    switch (argument.type) {
      case 'SpreadExpression':
        positional.push(...iterate(evaluate(argument.argument)));
        break;
      case 'KeywordSpreadExpression': {
        const value = evaluate(argument.argument);
        if (!isDict(value)) throw new TemplateError(`argument after ** must be a mapping, not ${typeName(value)}`);
        for (const [key, item] of value) keywords.set(String(key), item);
        break;
      }
      case 'KeywordArgumentExpression':
        keywords.set(argument.key.value, evaluate(argument.value));
        break;
      default:
        positional.push(evaluate(argument));
    }
  }
  return { positional, keywords };
}

export interface ParameterDescription {
  readonly name: string;
  readonly defaultValue: Expression | undefined;
}

export function readParameters(parameters: readonly Parameter[]): ParameterDescription[] {
  return parameters.map((parameter) =>
    parameter.type === 'Identifier'
      ? { name: parameter.value, defaultValue: undefined }
      : { name: parameter.key.value, defaultValue: parameter.value },
  );
}
