import type { Metrics } from '../observability/metrics.ts';
import type { TextGenerator } from '../text/types.ts';
import type { Admission } from './admission.ts';
import type { HttpOptions } from './options.ts';
import type { Sessions } from './sessions.ts';

interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Seconds since 1970. */
  epochSeconds(): number;
}

/** The part of pino's logger that is used. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What the routes of one server share. */
export interface Services {
  readonly generator: TextGenerator;
  readonly options: HttpOptions;
  readonly metrics: Metrics;
  readonly admission: Admission;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly log: Log;
  /** A random id without prefix. */
  readonly newId: () => string;
}
