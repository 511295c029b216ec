import type { Command } from 'commander';
import { gatewayCommand } from './commands/gateway.ts';
import { createServingProgram } from './serving-program.ts';

/** The command line `parlance`, with a command a file. */
export function createProgram(): Command {
  return createServingProgram().addCommand(gatewayCommand());
}
