import type { Command } from 'commander';
import { costCommand } from './commands/cost.ts';
import { deleteCommand } from './commands/delete.ts';
import { deployCommand } from './commands/deploy.ts';
import { doctorCommand } from './commands/doctor.ts';
import { gatewayCommand } from './commands/gateway.ts';
import { invokeCommand } from './commands/invoke.ts';
import { logsCommand } from './commands/logs.ts';
import { metricsCommand } from './commands/metrics.ts';
import { pauseCommand } from './commands/pause.ts';
import { resumeCommand } from './commands/resume.ts';
import { scaleCommand } from './commands/scale.ts';
import { statusCommand } from './commands/status.ts';
import { waitCommand } from './commands/wait.ts';
import { createServingProgram } from './serving-program.ts';

/** The command line `parlance`, with a command a file. */
export function createProgram(): Command {
  return createServingProgram()
    .addCommand(gatewayCommand())
    .addCommand(deployCommand())
    .addCommand(statusCommand())
    .addCommand(waitCommand())
    .addCommand(invokeCommand())
    .addCommand(logsCommand())
    .addCommand(metricsCommand())
    .addCommand(pauseCommand())
    .addCommand(resumeCommand())
    .addCommand(scaleCommand())
    .addCommand(deleteCommand())
    .addCommand(costCommand())
    .addCommand(doctorCommand());
}
