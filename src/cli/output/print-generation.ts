import type { Writable } from 'node:stream';
import type { TextGenerationRequest, TextGenerator } from '../../text/types.ts';

/** Streams a generation to `output` as it comes. @returns its whole text */
export async function printGeneration(
  generator: TextGenerator,
  request: TextGenerationRequest,
  { output, signal }: { readonly output: Writable; readonly signal: AbortSignal },
): Promise<string> {
  let text = '';
  for await (const event of generator.generate(request, signal)) {
    if (event.type === 'start') continue;
    output.write(event.delta);
    text += event.delta;
  }
  return text;
}
