/** Something that answers `/ping` and `/invocations`, as SageMaker's containers do. */
export interface Container {
  /** Without a slash at its end. */
  readonly url: string;
  /** The last lines that it logged; empty for one that runs elsewhere. */
  logTail(): readonly string[];
  /** Ends it, where it is ours. */
  stop(): Promise<void>;
}

/** A server that someone else started, and will end. */
export function remoteContainer(url: string): Container {
  return { url: url.replace(/\/+$/, ''), logTail: () => [], stop: async () => {} };
}
