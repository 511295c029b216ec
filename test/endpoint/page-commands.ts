/** A command of a page, or a file that it prints. */
export type PageStep =
  | { readonly kind: 'command'; readonly section: string; readonly text: string }
  | { readonly kind: 'file'; readonly section: string; readonly name: string; readonly text: string };

/** Reads all that a page tells its readers to run or to write: each line of its `sh` blocks is a command, and a block with
 * a name behind its language a file. */
export function readPage(markdown: string): PageStep[] {
  const steps: PageStep[] = [];
  let section = '';
  for (const [, title, info, body] of markdown.matchAll(/^## (.+)$|^```(\S[^\n]*)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) section = title;
    else if (info === 'sh')
      steps.push(...commandsOf(body!).map((text) => ({ kind: 'command' as const, section, text })));
    else steps.push({ kind: 'file', section, name: info!.split(' ')[1]!, text: body! });
  }
  return steps;
}

const commandsOf = (block: string) =>
  block
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'));
