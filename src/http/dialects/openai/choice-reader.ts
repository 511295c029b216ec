import { CallOrTextReader } from '../../../grammar/tools/call-or-text-reader.ts';
import { ToolCallParser, type ToolOutput } from '../../../grammar/tools/tool-call-parser.ts';
import type { ToolFormat } from '../../../grammar/tools/tool-format.ts';
import { NoToolReader } from './no-tool-reader.ts';

/** Reads what a model writes for one choice: text, and calls where there are tools. */
export interface ChoiceReader {
  push(text: string): readonly ToolOutput[];
  /** After the last text. */
  end(): readonly ToolOutput[];
  readonly numCalls: number;
}

export interface ChoiceReaderOptions {
  /** Undefined where nothing may be called: then all is text. */
  readonly toolFormat: ToolFormat | undefined;
  /** Whether the model may say by a call that it calls nothing. */
  readonly hasNoTool: boolean;
  /** Where a text without calls has a format of its own: the texts of which one begins calls. */
  readonly callOpenings: readonly string[] | undefined;
}

export function createChoiceReader({ toolFormat, hasNoTool, callOpenings }: ChoiceReaderOptions): ChoiceReader {
  if (toolFormat === undefined) {
    return { push: (text) => (text === '' ? [] : [{ type: 'text', text }]), end: () => [], numCalls: 0 };
  }
  if (callOpenings !== undefined) return new CallOrTextReader(toolFormat, callOpenings);
  const parser = new ToolCallParser(toolFormat);
  if (!hasNoTool) return parser;
  const noTools = new NoToolReader();
  return {
    push: (text) => noTools.read(parser.push(text)),
    end: () => noTools.read(parser.end()),
    get numCalls() {
      return parser.numCalls - noTools.numSkipped;
    },
  };
}

/** An id for a call, of the length that the model's template takes.
 * @param newId a random id, at least as long */
export function createCallId({ callId }: ToolFormat, newId: () => string): string {
  return callId.prefix + newId().slice(0, callId.numCharacters);
}
