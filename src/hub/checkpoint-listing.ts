import type { BlobSource } from './blob-source.ts';

/** The files of one state of a checkpoint at its source. */
export interface CheckpointListing {
  /** For messages: what the user asked for. */
  readonly name: string;
  /** Stands for this state: contents behind the same commit never change. */
  readonly commit: string;
  /** All files, with `/` between the parts of a path. */
  readonly paths: readonly string[];
  /** Finds out what is needed to download one of the files.
   * @throws TransientError, ParlanceError */
  file(path: string, signal: AbortSignal): Promise<BlobSource>;
}

/** Whether a path that a server names stays within the folder that it is joined to. */
export const isSafePath = (path: string): boolean =>
  !/[\\\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
