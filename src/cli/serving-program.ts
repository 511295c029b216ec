import { Command } from 'commander';
import { chatCommand } from './commands/chat.ts';
import { downloadCommand } from './commands/download.ts';
import { evalCommand } from './commands/eval.ts';
import { generateCommand } from './commands/generate.ts';
import { infoCommand } from './commands/info.ts';
import { modelsCommand } from './commands/models.ts';
import { quantizeCommand } from './commands/quantize.ts';
import { serveCommand } from './commands/serve.ts';
import { packageVersion } from './process/package-info.ts';

/** The commands that serve a model or look after one: all that a container's image has packages for. */
export function createServingProgram(): Command {
  return new Command('parlance')
    .description("Serves language models by TGI's, OpenAI's and SageMaker's APIs.")
    .version(packageVersion)
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .addCommand(serveCommand())
    .addCommand(generateCommand())
    .addCommand(chatCommand())
    .addCommand(infoCommand())
    .addCommand(downloadCommand())
    .addCommand(quantizeCommand())
    .addCommand(evalCommand())
    .addCommand(modelsCommand());
}
