import { Command } from 'commander';
import { openGenerator } from '../models/open-generator.ts';
import { printGeneration } from '../output/print-generation.ts';
import { interruptible } from '../process/interruptible.ts';
import { readPrompt } from '../settings/read-prompt.ts';
import { addSamplingOptions, type SamplingOptions, samplingParameters } from '../settings/sampling-options.ts';
import { addSettingOptions } from '../settings/setting-options.ts';

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
    const prompt = await readPrompt(argument);
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
    const { generator, close } = await openGenerator(given);
    const output = process.stdout;
    try {
      await interruptible(async (signal) => {
        await printGeneration(generator, request, { output, signal });
      });
      output.write('\n');
    } finally {
      await close();
    }
  });
}
