/** Runs the command line `argv` (with node and script in front, as process.argv has it). */
export async function main(argv: readonly string[]): Promise<void> {
  throw new Error(`not yet: ${argv.slice(2).join(' ')}`);
}
