import type { Log } from '../observability/log.ts';
import type { Account } from './arn.ts';
import type { Authentication } from './authentication/credentials.ts';
import type { StandIns } from './containers/stand-ins.ts';
import type { FaultOptions } from './runtime/faults.ts';

export type { Log };

/** What SageMaker allows an invocation. */
interface InvocationLimits {
  /** For a whole answer. */
  readonly responseMs: number;
  /** For a stream, from the request to its end. */
  readonly streamMs: number;
  /** Of a request and of an answer that is not streamed. */
  readonly payloadBytes: number;
}

export interface GatewayOptions {
  readonly account: Account;
  readonly authentication: Authentication;
  readonly limits: InvocationLimits;
  readonly faults: FaultOptions;
  readonly standIns: StandIns;
  /** Whose Inference Endpoints are served. */
  readonly namespace: string;
  /** Folder that stands in for S3: a subfolder for each bucket. */
  readonly s3Folder: string;
}

/** Time and chance, so that tests may choose them. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** At least 0, less than 1. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly log: Log;
}
