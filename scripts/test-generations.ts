/** Generates under every schema and tool set of test/grammar/schemas at temperature 1.5, and judges each answer by ajv:
 * `node --import tsx scripts/test-generations.ts <model folder> [number of generations]`. Then compares the throughput with
 * a grammar with that without. Fails where an answer is invalid or less than 90 % finish within 512 tokens. Workers run from dist:
 * build first. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { neutralSampling } from '../src/engine/sampling/neutral-sampling.ts';
import { startEngineWorker } from '../src/engine/worker-engine.ts';
import type { GrammarSpec } from '../src/grammar/compile/grammar-spec.ts';
import { ToolCallParser, type ToolOutput } from '../src/grammar/tools/tool-call-parser.ts';
import { toolGrammar } from '../src/grammar/tools/tool-format.ts';
import { createTextGenerator } from '../src/text/create-text-generator.ts';
import type { TextGenerationRequest, TextGenerator } from '../src/text/types.ts';
import { schemaList } from '../test/grammar/support/schema-list.ts';
import { toolSets } from '../test/grammar/support/tool-sets.ts';

const MAX_TOKENS = 512;
const NUM_AT_ONCE = 8;
const NUM_ROUNDS = 6;
const [folder = 'demo-model', numGenerations = '500'] = process.argv.slice(2);

const ajv = new Ajv2020({ strict: false, multipleOfPrecision: 9 });
addFormats.default(ajv);

interface Task {
  readonly name: string;
  readonly grammar: GrammarSpec;
  /** @returns why the answer is wrong, undefined where it is right */
  readonly judge: (text: string, generator: TextGenerator) => string | undefined;
}

const schemaTasks = schemaList.map(({ name, schema }): Task => {
  const validate = ajv.compile(schema as object);
  const judge = (text: string) => (validate(JSON.parse(text)) ? undefined : ajv.errorsText(validate.errors));
  return { name, grammar: { kind: 'json-schema', schema }, judge };
});

function toolTasks({ toolFormat }: TextGenerator): Task[] {
  return toolSets.map(({ name, tools }) => ({
    name,
    grammar: toolGrammar(toolFormat, { tools, choice: 'required', isParallel: true }),
    judge(text) {
      const parser = new ToolCallParser(toolFormat);
      const calls = collectCalls([...parser.push(text), ...parser.end()]);
      if (calls.length === 0) return 'there is no call';
      return calls.map((call) => judgeCall(call)).find((reason) => reason !== undefined);

      function judgeCall(call: Call): string | undefined {
        const tool = tools.find((one) => one.name === call.name);
        if (!tool) return `there is no tool ${call.name}`;
        return ajv.validate(tool.parameters as object, JSON.parse(call.arguments)) ? undefined : ajv.errorsText();
      }
    },
  }));
}

interface Call {
  readonly name: string;
  arguments: string;
}

function collectCalls(outputs: readonly ToolOutput[]): Call[] {
  const calls: Call[] = [];
  for (const output of outputs) {
    if (output.type === 'call') calls.push({ name: output.name, arguments: '' });
    else if (output.type === 'arguments') calls[output.index]!.arguments += output.delta;
  }
  return calls;
}

function request(prompt: string, seed: number, more: Partial<TextGenerationRequest>): TextGenerationRequest {
  return {
    prompt,
    addSpecialTokens: true,
    maxNewTokens: MAX_TOKENS,
    sampling: { ...neutralSampling, doSample: true, temperature: 1.5, seed: BigInt(seed) },
    stop: [],
    ignoreEos: false,
    numTopTokens: 0,
    promptLogprobs: false,
    ...more,
  };
}

async function generate(generator: TextGenerator, one: TextGenerationRequest) {
  let text = '';
  for await (const event of generator.generate(one)) {
    if (event.type !== 'start') text += event.delta;
    if (event.type === 'finish')
      return { text, numTokens: event.numGeneratedTokens, isFinished: event.reason === 'eos_token' };
  }
  throw new Error('a generation ended without its last event');
}

/** Runs the jobs in order, so many at once. */
async function inParallel<Result>(numJobs: number, run: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < numJobs; index = next++) results[index] = await run(index);
  };
  await Promise.all(Array.from({ length: NUM_AT_ONCE }, worker));
  return results;
}

/** Has a grammar compiled, one after another and again where it took too long: on a busy machine any may. */
async function compile(generator: TextGenerator, grammar: GrammarSpec): Promise<void> {
  for (let triesLeft = 4; ; triesLeft--) {
    try {
      await generate(generator, request('a', 0, { grammar, maxNewTokens: 1 }));
      return;
    } catch (error) {
      if (triesLeft === 0 || !(error instanceof Error && error.message.includes('took longer'))) throw error;
    }
  }
}

async function judgeAnswers(generator: TextGenerator, count: number) {
  const tasks = [...schemaTasks, ...toolTasks(generator)];
  for (const { grammar } of tasks) await compile(generator, grammar);
  const results = await inParallel(count, async (index) => {
    const { name, grammar, judge } = tasks[index % tasks.length]!;
    const shownTokens = generator.toolFormat.markers;
    const answer = await generate(generator, request(`Write ${name} as JSON: `, index, { grammar, shownTokens }));
    if (answer.isFinished) {
      const reason = judge(answer.text, generator);
      if (reason !== undefined) console.error(`INVALID ${name}: ${reason}\n${answer.text}`);
      return { isFinished: true, isValid: reason === undefined };
    }
    return { isFinished: false, isValid: true };
  });
  const numFinished = results.filter(({ isFinished }) => isFinished).length;
  const numInvalid = results.filter(({ isValid }) => !isValid).length;
  console.log(`${count} generations under ${tasks.length} grammars: ${numFinished} finished, ${numInvalid} invalid`);
  const tooFew = numFinished < 0.9 * count ? 1 : 0;
  return { numPassed: count - numInvalid - tooFew, numFailed: numInvalid + tooFew };
}

/** Tokens a second with a grammar, and without for answers of the same lengths; the best of all rounds, taken in turn. */
async function compareThroughput(generator: TextGenerator): Promise<void> {
  const { grammar } = schemaTasks.find(({ name }) => name === 'extraction with nested lists')!;
  const best = { free: 0, grammar: 0 };
  let lengths: number[] = [];
  for (let round = 0; round < NUM_ROUNDS; round++) {
    for (const kind of ['grammar', 'free'] as const) {
      const more = (index: number) =>
        kind === 'free' ? { ignoreEos: true, maxNewTokens: lengths[index]! } : { grammar };
      const started = performance.now();
      const answers = await inParallel(48, (index) =>
        generate(generator, request('Write a meeting as JSON: ', index, more(index))),
      );
      lengths = answers.map(({ numTokens }) => numTokens);
      const numTokens = lengths.reduce((sum, length) => sum + length);
      best[kind] = Math.max(best[kind], (1000 * numTokens) / (performance.now() - started));
    }
  }
  const share = ((100 * best.grammar) / best.free).toFixed(0);
  console.log(`${best.free.toFixed(0)} tokens/s, with a grammar ${best.grammar.toFixed(0)}: ${share} %`);
}

const batching = { maxBatchPrefillTokens: 4096, waitingServedRatio: 0.3, maxWaitingTokens: 20 };
const engine = await startEngineWorker({ folder, batching, watermark: { gamma: 0.5, delta: 2 }, maxTotalTokens: 1024 });
const limits = { maxInputTokens: 512, maxTotalTokens: 1024 };
const { eosTokenIds } = engine.description;
const generator = await createTextGenerator({ folder, engine, eosTokenIds, limits });
try {
  const { numPassed, numFailed } = await judgeAnswers(generator, Number(numGenerations));
  await compareThroughput(generator);
  console.log(`${numPassed} passed, ${numFailed} failed`);
  process.exitCode = numFailed === 0 ? 0 : 1;
} finally {
  await generator.close();
  await engine.close();
}
