import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { openGenerator } from '../open-generator.ts';
import { printGeneration } from '../print-generation.ts';
import { addSamplingOptions, type SamplingOptions, samplingParameters } from '../sampling-options.ts';
import { addSettingOptions } from '../setting-options.ts';

interface GenerateOptions extends SamplingOptions {
  readonly quiet?: boolean;
}

export function generateCommand(): Command {
  const command = new Command('generate')
    .description('Continues a prompt and prints the text as it comes.')
    .argument('[prompt]', 'the text to continue; read from standard input where it is left out')
    .addHelpText('after', '\nExample:\n  parlance generate --max-new-tokens 20 "The capital of France is"');
  addSamplingOptions(command);
  const given = addSettingOptions(command, ['model', 'limits', 'batching', 'compute', 'logging']);
  return command.action(async (argument: string | undefined, options: GenerateOptions) => {
    const prompt = argument ?? (await readAll(process.stdin));
    const { generator, close } = await openGenerator(given);
    const interruption = new AbortController();
    process.once('SIGINT', () => interruption.abort());
    try {
      const request = {
        prompt,
        addSpecialTokens: true,
        sampling: samplingParameters(options, 0),
        stop: options.stop ?? [],
        ignoreEos: false,
        numTopTokens: 0,
        promptLogprobs: false,
        ...(options.maxNewTokens !== undefined && { maxNewTokens: options.maxNewTokens }),
      };
      await printGeneration(generator, request, { output: process.stdout, signal: interruption.signal });
    } finally {
      process.stdout.write('\n');
      await close();
    }
  });
}
