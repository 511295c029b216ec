import { AwsError, type AwsErrorName } from '../aws-errors.ts';

/** Errors that can be made to happen on some invocations. */
export const faultNames = [
  'ThrottlingException',
  'ModelNotReadyException',
  'ServiceUnavailable',
  'InternalFailure',
  'ModelStreamError',
  'InternalStreamFailure',
] as const satisfies readonly AwsErrorName[];

export type FaultName = (typeof faultNames)[number];
export type StreamFaultName = Extract<FaultName, 'ModelStreamError' | 'InternalStreamFailure'>;

/** What may be switched on to see how clients take it. */
export interface FaultOptions {
  /** How long a target is cold, counted from its first invocation. 0: not at all. */
  readonly coldStartMs: number;
  /** What share of the invocations meets each error, from 0 to 1. */
  readonly shares: Readonly<Partial<Record<FaultName, number>>>;
  /** More invocations than this in a second are throttled. */
  readonly maxPerSecond: number;
}

export const noFaults: FaultOptions = { coldStartMs: 0, shares: {}, maxPerSecond: Number.POSITIVE_INFINITY };

const messages: Readonly<Record<Exclude<FaultName, StreamFaultName>, string>> = {
  ThrottlingException: 'Rate exceeded',
  ModelNotReadyException: 'The model is not ready to serve inference requests; try again',
  ServiceUnavailable: 'The service is unavailable; try again',
  InternalFailure: 'An internal failure occurred',
};

/** Decides which invocations meet an error that was asked for. */
export class Faults {
  readonly #options: FaultOptions;
  readonly #now: () => number;
  readonly #random: () => number;
  /** When each target was first invoked. */
  readonly #askedAt = new Map<string, number>();
  #second = 0;
  #numInSecond = 0;

  constructor(options: FaultOptions, { now, random }: { readonly now: () => number; readonly random: () => number }) {
    this.#options = options;
    this.#now = now;
    this.#random = random;
  }

  /** Whether the target is still cold; its first invocation is what warms it up. */
  isCold(target: string): boolean {
    const { coldStartMs } = this.#options;
    if (coldStartMs === 0) return false;
    const askedAt = this.#askedAt.get(target) ?? this.#now();
    this.#askedAt.set(target, askedAt);
    return this.#now() - askedAt < coldStartMs;
  }

  /** @throws the error that this invocation is to meet, if any */
  check(): void {
    this.#throttle();
    for (const name of faultNames) {
      if (name !== 'ModelStreamError' && name !== 'InternalStreamFailure' && this.#strikes(name)) {
        throw new AwsError(name, messages[name]);
      }
    }
  }

  /** How this stream is to break after its first part, if at all. */
  streamFault(): StreamFaultName | undefined {
    if (this.#strikes('ModelStreamError')) return 'ModelStreamError';
    return this.#strikes('InternalStreamFailure') ? 'InternalStreamFailure' : undefined;
  }

  #strikes(name: FaultName): boolean {
    return this.#random() < (this.#options.shares[name] ?? 0);
  }

  #throttle(): void {
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second) this.#numInSecond = 0;
    this.#second = second;
    this.#numInSecond += 1;
    if (this.#numInSecond > this.#options.maxPerSecond) {
      throw new AwsError('ThrottlingException', messages.ThrottlingException);
    }
  }
}
