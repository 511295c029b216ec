import { ToolCallParser, type ToolOutput } from '../../../src/grammar/tools/tool-call-parser.ts';
import type { ToolFormat } from '../../../src/grammar/tools/tool-format.ts';

interface Reading {
  readonly text: string;
  readonly calls: readonly { readonly name: string; readonly arguments: string }[];
}

/** Reads a text that comes in pieces, and joins what the parser gives. */
export function readToolOutput(format: ToolFormat, pieces: readonly string[]): Reading {
  const parser = new ToolCallParser(format);
  return collect([...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()]);
}

function collect(outputs: readonly ToolOutput[]): Reading {
  let text = '';
  const calls: { name: string; arguments: string }[] = [];
  for (const output of outputs) {
    if (output.type === 'text') text += output.text;
    else if (output.type === 'call') calls[output.index] = { name: output.name, arguments: '' };
    else calls[output.index]!.arguments += output.delta;
  }
  return { text, calls };
}
