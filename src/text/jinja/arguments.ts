import { type Arguments, isTrue, TemplateError, typeName, type Value } from './values.ts';

/** The arguments of a call by the names of its parameters, read as Python binds them. */
export class BoundArguments {
  readonly #callee: string;
  readonly #values = new Map<string, Value>();

  /** @throws TypeError's words for an argument too many, unknown or given twice */
  constructor(callee: string, { positional, keywords }: Arguments, parameters: readonly string[]) {
    this.#callee = callee;
    if (positional.length > parameters.length) {
      const most = parameters.length === 1 ? '1 argument' : `${parameters.length} arguments`;
      throw new TemplateError(`${callee}() takes at most ${most} (${positional.length} given)`);
    }
    for (const [index, value] of positional.entries()) this.#values.set(parameters[index]!, value);
    for (const [name, value] of keywords) {
      if (!parameters.includes(name)) {
        throw new TemplateError(`${callee}() got an unexpected keyword argument '${name}'`);
      }
      if (this.#values.has(name)) throw new TemplateError(`${callee}() got multiple values for argument '${name}'`);
      this.#values.set(name, value);
    }
  }

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  /** @throws where it wasn't given */
  required(name: string): Value {
    const value = this.#values.get(name);
    if (value === undefined) throw new TemplateError(`${this.#callee}() missing required argument '${name}'`);
    return value;
  }

  /** @throws where it is no string */
  string(name: string, otherwise?: string): string {
    const value = this.#values.has(name) ? this.#values.get(name) : otherwise;
    return typeof value === 'string' ? value : this.#refuse(name, 'a string');
  }

  /** None counts as not given. @throws where it is no integer */
  integer<T>(name: string, otherwise: T): number | T {
    const value = this.#values.get(name) ?? null;
    if (value === null) return otherwise;
    if (typeof value === 'boolean') return Number(value);
    return typeof value === 'number' && Number.isInteger(value) ? value : this.#refuse(name, 'an integer');
  }

  flag(name: string): boolean {
    const value = this.#values.get(name);
    return value !== undefined && isTrue(value);
  }

  #refuse(name: string, wanted: string): never {
    const value = this.required(name);
    throw new TemplateError(`${this.#callee}() argument '${name}' must be ${wanted}, not ${typeName(value)}`);
  }
}
