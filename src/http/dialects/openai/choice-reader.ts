import { ToolCallParser, type ToolOutput } from '../../../grammar/tool-call-parser.ts';
import type { ToolFormat } from '../../../grammar/tool-format.ts';

/** Reads what a model writes for one choice: text, and calls where there are tools. */
export interface ChoiceReader {
  push(text: string): readonly ToolOutput[];
  /** After the last text. */
  end(): readonly ToolOutput[];
  readonly numCalls: number;
}

/** @param format undefined where nothing may be called: then all is text */
export function createChoiceReader(format: ToolFormat | undefined): ChoiceReader {
  if (format) return new ToolCallParser(format);
  return { push: (text) => (text === '' ? [] : [{ type: 'text', text }]), end: () => [], numCalls: 0 };
}

/** An id for a call, of the length that the model's template takes.
 * @param newId a random id, at least as long */
export function createCallId({ callId }: ToolFormat, newId: () => string): string {
  return callId.prefix + newId().slice(0, callId.numCharacters);
}
