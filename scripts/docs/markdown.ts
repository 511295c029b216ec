/** A Markdown table; pipes in cells are escaped. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${' --- |'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/** Inline code, or nothing for an empty text. */
export function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** A page of title, lead and parts, with one empty line between them. */
export function page(title: string, ...parts: readonly string[]): string {
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`;
}
