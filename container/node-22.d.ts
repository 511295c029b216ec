/** What the scripts of the image build take from Node 22, which runs them; the program's own types are those of Node 20. */
import 'node:fs';

declare module 'node:fs' {
  export function globSync(pattern: string): string[];
}
