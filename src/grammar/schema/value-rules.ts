import type { AutomatonBuilder } from '../automaton/automaton-builder.ts';
import type { Schema } from './json-schema.ts';

/** What arrays and objects need of the schema they are in. */
export interface ValueRules {
  readonly builder: AutomatonBuilder;
  /** @returns the start of a rule that reads a value which satisfies all of the schemas */
  rule(schemas: readonly Schema[]): number;
  /** Notes why nothing may satisfy the schema. */
  contradict(reason: string): void;
}
