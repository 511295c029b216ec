/** Asks a server the held-out questions and holds the answers to floors.
 *
 *     npm run demo:eval [-- --base http://localhost:3000]
 *
 * Greedy and sampled answers both count, and so does the speed of one answer; exits 1 when a floor is missed. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Answer, type Check, passes } from './checks.ts';
import { serveDemoModel } from './served-model.ts';
import { tokensPerSecond } from './speed.ts';

interface Question {
  id: string;
  category: string;
  messages: unknown[];
  tools?: unknown[];
  check: Check;
}

interface Result {
  category: string;
  isRight: boolean;
  isEnded: boolean;
}

const CONCURRENCY = 8;
const MAX_TOKENS = 256;
const SEEDS = [1, 2, 3];
/** Percent of right answers; a category that is not named here is shown without a floor. */
const FLOORS: Record<string, number> = {
  facts: 95,
  'identity and Parlance': 90,
  sums: 85,
  'copy and JSON': 85,
  passages: 85,
  tools: 90,
  'out of scope': 90,
};
const ENDS_FLOOR = 99;
const TOKENS_PER_SECOND_FLOOR = 300;

const { values: options } = parseArgs({ options: { base: { type: 'string' } } });
const served = options.base === undefined ? await serveDemoModel() : undefined;
try {
  process.exitCode = (await evaluate(options.base ?? served!.base)) ? 0 : 1;
} finally {
  served?.stop();
}

async function evaluate(base: string): Promise<boolean> {
  const lines = readFileSync(new URL('heldout.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const questions = lines.map((line) => JSON.parse(line) as Question);
  const greedy = await askAll(base, questions, { temperature: 0 });
  const sampled: Result[] = [];
  for (const seed of SEEDS) sampled.push(...(await askAll(base, questions, { seed })));
  return printTable(questions, greedy, sampled, await tokensPerSecond(base));
}

/** Asks every question, eight at a time. */
async function askAll(base: string, questions: Question[], sampling: object): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...questions];
  const worker = async () => {
    for (let question = waiting.shift(); question !== undefined; question = waiting.shift()) {
      results.push(await ask(base, question, sampling));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return results;
}

async function ask(base: string, question: Question, sampling: object): Promise<Result> {
  const { messages, tools } = question;
  const body = { model: 'demo', messages, ...(tools && { tools }), max_tokens: MAX_TOKENS, ...sampling };
  const response = await fetch(`${base}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`question ${question.id}: status ${response.status}: ${await response.text()}`);
  const choice = ((await response.json()) as { choices: { message: Answer; finish_reason: string }[] }).choices[0]!;
  const isEnded = choice.finish_reason === 'stop' || choice.finish_reason === 'tool_calls';
  return { category: question.category, isRight: passes(question.check, choice.message), isEnded };
}

/** Prints a row for each category and counts the floor checks. */
function printTable(questions: Question[], greedy: Result[], sampled: Result[], speed: number): boolean {
  let passed = 0;
  let failed = 0;
  const row = (name: string, count: number, floor: number | undefined, rates: number[]) => {
    const marks = rates.map((rate) => `${rate.toFixed(1)} %${floor !== undefined && rate < floor ? ' !' : ''}`);
    const shownFloor = floor === undefined ? '' : `${floor} %`;
    console.log([name.padEnd(24), String(count).padStart(5), shownFloor.padStart(7), ...pad(marks)].join(''));
    if (floor === undefined) return;
    const missed = rates.filter((rate) => rate < floor).length;
    failed += missed;
    passed += rates.length - missed;
  };
  console.log(
    ['category'.padEnd(24), 'asked'.padStart(5), 'floor'.padStart(7), ...pad(['greedy', 'sampled'])].join(''),
  );
  for (const category of new Set(questions.map((question) => question.category))) {
    const of = (results: Result[]) => percent(results.filter((r) => r.category === category).map((r) => r.isRight));
    const count = questions.filter((question) => question.category === category).length;
    row(category, count, FLOORS[category], [of(greedy), of(sampled)]);
  }
  const ends = [greedy, sampled].map((results) => percent(results.map((result) => result.isEnded)));
  row('ends by itself', questions.length, ENDS_FLOOR, ends);
  const isFast = speed >= TOKENS_PER_SECOND_FLOOR;
  console.log(
    `${speed.toFixed(0)} tokens/s one answer at a time, floor ${TOKENS_PER_SECOND_FLOOR}${isFast ? '' : ' !'}`,
  );
  if (isFast) passed += 1;
  else failed += 1;
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0;
}

function pad(cells: string[]): string[] {
  return cells.map((cell) => cell.padStart(12));
}

function percent(flags: boolean[]): number {
  return (100 * flags.filter(Boolean).length) / flags.length;
}
