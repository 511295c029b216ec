/** What the scripts of the image build take from its Node; the types are those of the oldest that the program runs on. */
import 'node:fs';

declare module 'node:fs' {
  export function globSync(pattern: string): string[];
}
