import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { ParlanceError } from '../../errors/errors.ts';
import { openGenerator } from '../models/open-generator.ts';
import { CHAT_HELP, ChatSession } from '../output/chat-session.ts';
import { addSamplingOptions, type SamplingOptions, samplingParameters } from '../settings/sampling-options.ts';
import { addSettingOptions } from '../settings/setting-options.ts';

const DEFAULT_TEMPERATURE = 0.7;

export function chatCommand(): Command {
  const command = new Command('chat')
    .description('Chats with the model in the terminal; reads one message a line.')
    .option('--system <text>', 'system message')
    .addHelpText('after', `\nIn the chat:\n${CHAT_HELP.replaceAll(/^(?=.)/gm, '  ')}`);
  addSamplingOptions(command);
  const given = addSettingOptions(command, ['model', 'limits', 'batching', 'compute', 'logging']);
  return command.action(async (options: SamplingOptions & { readonly system?: string }) => {
    const { generator, close } = await openGenerator(given);
    try {
      if (!generator.hasChatTemplate)
        throw new ParlanceError('template_error', 'the model has no chat template: use `parlance generate`');
      const request = {
        sampling: samplingParameters(options, DEFAULT_TEMPERATURE),
        stop: options.stop ?? [],
        ignoreEos: false,
        numTopTokens: 0,
        promptLogprobs: false,
        ...(options.maxNewTokens !== undefined && { maxNewTokens: options.maxNewTokens }),
      };
      const session = new ChatSession({ generator, request, output: process.stdout });
      if (options.system !== undefined) await session.read(`/system ${options.system}`, new AbortController().signal);
      await converse(session);
    } finally {
      await close();
    }
  });
}

/** Ctrl-C cuts an answer off; between answers it ends the chat. */
async function converse(session: ChatSession): Promise<void> {
  const isTerminal = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: process.stdout, terminal: isTerminal, prompt: '> ' });
  let interruption: AbortController | undefined;
  const interrupt = () => (interruption ? interruption.abort() : lines.close());
  lines.on('SIGINT', interrupt);
  process.on('SIGINT', interrupt);
  try {
    if (isTerminal) {
      process.stdout.write('Type a message. /help lists the commands, Ctrl-D ends the chat.\n');
      lines.prompt();
    }
    for await (const line of lines) {
      interruption = new AbortController();
      const goesOn = await session.read(line, interruption.signal);
      interruption = undefined;
      if (!goesOn) return;
      if (isTerminal) lines.prompt();
    }
    // The shell's prompt is not to follow on ours.
    if (isTerminal) process.stdout.write('\n');
  } finally {
    process.off('SIGINT', interrupt);
    lines.close();
  }
}
