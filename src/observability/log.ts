import { type DestinationStream, type Logger, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';

export type Log = Logger;

export interface LogOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** One JSON object a line, rather than a line for people. */
  readonly json: boolean;
  /** Where the lines go; each call has a whole line. */
  readonly write: (line: string) => void;
  /** Whether lines for people may have terminal colours. @default false */
  readonly colour?: boolean;
}

/** Fields that must never reach a log, wherever a caller puts them: what users write, and what opens the server. */
const SECRETS = ['prompt', 'inputs', 'messages', 'authorization', 'headers', 'apiKey', 'token'];

/** Creates the server's log: synchronous, without a thread of its own, so that the last line before an exit is written. */
export function createLog({ level, json, write, colour = false }: LogOptions): Log {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    redact: { paths: SECRETS.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    formatters: { level: (label: string) => ({ level: label.toUpperCase() }) },
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
  };
  return pino(options, json ? { write } : forPeople(write, colour));
}

function forPeople(write: (line: string) => void, colour: boolean): DestinationStream {
  const format = prettyFactory({
    colorize: colour,
    messageKey: 'message',
    timestampKey: 'timestamp',
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  });
  return { write: (line) => write(format(line)) };
}
