import { z } from 'zod';
import type { ValueType } from './value-types.ts';

const LEVELS: Readonly<Record<string, LogLevel>> = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  critical: 'error',
  off: 'silent',
};

/** Targets of a directive that mean this server: TGI's two processes, and its own name. */
const TARGETS = ['parlance', 'text_generation_router', 'text_generation_launcher'];

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A level, or directives as TGI takes them: `info,text_generation_router=debug`. A directive for this server goes
 * before the general one; those for other targets say nothing here. */
export const logLevel: ValueType<LogLevel> = z
  .string()
  .transform((directives, context) => {
    const parsed = directives.toLowerCase().split(',').map(parseDirective);
    if (parsed.every((directive) => directive !== undefined)) {
      const ofTarget = TARGETS.map((target) => parsed.find((directive) => directive.target === target));
      const chosen = ofTarget.find((directive) => directive) ?? parsed.find(({ target }) => target === undefined);
      return chosen?.level ?? 'info';
    }
    context.addIssue({ code: 'custom', message: 'not a log level' });
    return z.NEVER;
  })
  .describe('a log level: trace, debug, info, warn, error or off (or directives: info,text_generation_router=debug)');

function parseDirective(directive: string): { target: string | undefined; level: LogLevel } | undefined {
  const parts = directive.trim().split('=');
  const level = LEVELS[parts.at(-1)!.trim()];
  if (level === undefined || parts.length > 2) return undefined;
  const [module] = parts.length === 2 ? parts[0]!.trim().split('::') : [];
  return { target: module, level };
}
