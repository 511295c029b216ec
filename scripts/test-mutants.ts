/** Applies each patch of test/mutants to a copy of the tree and runs the tests that it names: they must fail.
 * A patch begins with a line that says what it breaks, and a line `Tests: path …`; those tests run from source. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const MUTANTS = join(ROOT, 'test/mutants');

interface Mutant {
  readonly file: string;
  readonly title: string;
  readonly tests: readonly string[];
}

function readMutant(name: string): Mutant {
  const file = join(MUTANTS, name);
  const [title, second] = readFileSync(file, 'utf8').split('\n');
  const tests = second?.match(/^Tests: (.+)$/)?.[1]?.split(' ');
  if (!title || !tests) throw new Error(`${name}: expected a title and a line "Tests: path …" before the patch`);
  return { file, title, tests };
}

function copyTree(): string {
  const copy = mkdtempSync(join(tmpdir(), 'parlance-mutants-'));
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of tracked) cpSync(join(ROOT, file), join(copy, file));
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function run(cwd: string, command: string, args: readonly string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  return { ok: status === 0, output: stdout + stderr };
}

const jest = (cwd: string, tests: readonly string[]) => run(cwd, 'npm', ['run', 'jest', '--', ...tests]);

/** @returns why the mutant counts as failed, or undefined where a test caught it */
function survives(copy: string, { file, tests }: Mutant): string | undefined {
  const applied = run(copy, 'git', ['apply', file]);
  if (!applied.ok) return `the patch does not apply: ${applied.output.trim()}`;
  try {
    const { ok, output } = jest(copy, tests);
    if (ok) return `survives ${tests.join(' ')}`;
    return /^Tests: .* failed/m.test(output) ? undefined : `the tests don't run:\n${output.slice(-3000)}`;
  } finally {
    run(copy, 'git', ['apply', '--reverse', file]);
  }
}

const wanted = process.argv.slice(2);
const mutants = readdirSync(MUTANTS)
  .filter((name) => name.endsWith('.patch') && (!wanted.length || wanted.some((part) => name.includes(part))))
  .map(readMutant);
const copy = copyTree();
let numSurvivors = 0;
try {
  const sound = jest(copy, [...new Set(mutants.flatMap(({ tests }) => tests))]);
  if (!sound.ok) throw new Error(`the tests fail without a mutant:\n${sound.output.slice(-3000)}`);
  for (const mutant of mutants) {
    const reason = survives(copy, mutant);
    if (reason) numSurvivors += 1;
    console.log(reason ? `FAIL ${mutant.title}: ${reason}` : `PASS ${mutant.title}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
console.log(`${mutants.length - numSurvivors} passed, ${numSurvivors} failed`);
process.exitCode = numSurvivors ? 1 : 0;
