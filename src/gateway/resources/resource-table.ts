import { AwsError } from '../aws-errors.ts';

/** What every SageMaker resource has. Times are milliseconds since 1970. */
export interface Resource {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** The resources of one kind, by name. Refusals are those of SageMaker's control plane. */
export class ResourceTable<Kind extends Resource> {
  /** As messages say it, e.g. `endpoint configuration`. */
  readonly #label: string;
  readonly #resources = new Map<string, Kind>();

  constructor(label: string) {
    this.#label = label;
  }

  /** @throws ValidationException for a name that is taken */
  add(resource: Kind): void {
    if (this.#resources.has(resource.name)) {
      throw new AwsError('ValidationException', `Cannot create already existing ${this.#label} "${resource.arn}".`);
    }
    this.#resources.set(resource.name, resource);
  }

  find(name: string): Kind | undefined {
    return this.#resources.get(name);
  }

  /** @throws ValidationException */
  get(name: string): Kind {
    const found = this.#resources.get(name);
    if (found !== undefined) return found;
    throw new AwsError('ValidationException', `Could not find ${this.#label} "${name}".`);
  }

  delete(name: string): void {
    this.#resources.delete(name);
  }

  values(): readonly Kind[] {
    return [...this.#resources.values()];
  }
}
