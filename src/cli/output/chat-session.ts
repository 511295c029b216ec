import type { Writable } from 'node:stream';
import { ParlanceError } from '../../errors/errors.ts';
import type { TextGenerationRequest, TextGenerator } from '../../text/types.ts';
import { printGeneration } from './print-generation.ts';

export const CHAT_HELP = `/system TEXT  sets the system message and begins anew; without TEXT, removes it
/reset        forgets the conversation
/help         prints this
/exit         ends the chat (so does Ctrl-D)
`;

interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatSessionOptions {
  readonly generator: TextGenerator;
  /** What each answer is generated with, the prompt aside. */
  readonly request: Omit<TextGenerationRequest, 'prompt' | 'addSpecialTokens'>;
  readonly output: Writable;
}

/** A conversation in the terminal: one line in, one answer out. */
export class ChatSession {
  readonly #options: ChatSessionOptions;
  #system: ChatMessage | undefined;
  #turns: ChatMessage[] = [];

  constructor(options: ChatSessionOptions) {
    this.#options = options;
  }

  /** Answers a line, or does what its command says.
   * @returns whether the chat goes on */
  async read(line: string, signal: AbortSignal): Promise<boolean> {
    const text = line.trim();
    if (text === '') return true;
    if (!text.startsWith('/')) {
      await this.#answer(text, signal);
      return true;
    }
    return this.#command(text);
  }

  #command(text: string): boolean {
    const [, command, argument = ''] = /^(\S+)\s*(.*)$/s.exec(text)!;
    const { output } = this.#options;
    switch (command) {
      case '/exit':
        return false;
      case '/help':
        output.write(CHAT_HELP);
        return true;
      case '/reset':
        this.#turns = [];
        output.write('(the conversation is forgotten)\n');
        return true;
      case '/system': {
        this.#turns = [];
        this.#system = argument === '' ? undefined : { role: 'system', content: argument };
        output.write(argument === '' ? '(no system message)\n' : '(the system message is set)\n');
        return true;
      }
      default:
        output.write(`(there is no ${command}; /help lists the commands)\n`);
        return true;
    }
  }

  /** An answer that fails or is cut off leaves the conversation as it was. */
  async #answer(content: string, signal: AbortSignal): Promise<void> {
    const { generator, output, request } = this.#options;
    const turns: ChatMessage[] = [...this.#turns, { role: 'user', content }];
    try {
      const prompt = await generator.applyChatTemplate({
        messages: this.#system ? [this.#system, ...turns] : turns,
        addGenerationPrompt: true,
        continueFinalMessage: false,
      });
      const answer = await printGeneration(
        generator,
        { ...request, prompt, addSpecialTokens: false },
        { output, signal },
      );
      output.write('\n');
      if (!signal.aborted) this.#turns = [...turns, { role: 'assistant', content: answer }];
    } catch (error) {
      if (signal.aborted) output.write('\n(cut off)\n');
      else if (error instanceof ParlanceError) output.write(`(${error.message}; /reset begins anew)\n`);
      else throw error;
    }
  }
}
