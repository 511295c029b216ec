import type { Command, Option } from 'commander';
import { exitCodes } from '../../src/cli/process/exit-codes.ts';
import { createProgram } from '../../src/cli/program.ts';
import { settingGroups } from '../../src/config/setting.ts';
import { code, page, table } from './markdown.ts';

/** The reference of all commands. */
export function cliPage(): string {
  const program = createProgram();
  return page(
    'Commands',
    '`parlance COMMAND --help` prints what is here, with examples. A failure tells on standard error what is wrong.',
    table(
      ['exit code', 'meaning'],
      Object.entries(exitCodes).map(([exitCode, meaning]) => [exitCode, meaning]),
    ),
    'Commands on AWS read credentials, region and `AWS_ENDPOINT_URL` as the AWS CLI does.',
    ...program.commands.flatMap((command) => [command, ...command.commands]).map(commandSection),
  );
}

function commandSection(command: Command): string {
  const help = command.createHelp();
  const headings = new Map(Object.values(settingGroups).map((title) => [`${title}:`, title]));
  const visible = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  const own = visible.filter(({ helpGroupHeading }) => !headings.has(helpGroupHeading ?? ''));
  const groups = new Set(visible.map((option) => headings.get(option.helpGroupHeading ?? '')).filter((title) => title));
  const parameters = [
    ...help
      .visibleArguments(command)
      .map((argument) => [
        code(argument.required ? `<${argument.name()}>` : `[${argument.name()}]`),
        argument.description,
      ]),
    ...own.map((option: Option) => [code(option.flags), option.description]),
  ];
  return [
    `## ${code(fullName(command))}`,
    help.commandDescription(command),
    `\`\`\`\n${help.commandUsage(command)}\n\`\`\``,
    ...(parameters.length > 0 ? [table(['argument or option', 'what it is'], parameters)] : []),
    ...(groups.size > 0 ? [`Settings: ${[...groups].join(', ')} (see [settings](settings.md)).`] : []),
  ].join('\n\n');
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
