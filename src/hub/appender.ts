import type { FileHandle } from 'node:fs/promises';

const blockBytes = 2 ** 20;

/** Writes to the end of a file in blocks of 1 MiB: a write for each piece that the network brings costs a busy machine
 * more time than the network does. */
export class Appender {
  readonly #file: FileHandle;
  readonly #block = Buffer.allocUnsafe(blockBytes);
  #numPending = 0;
  #position: number;

  /** @param position the size of the file */
  constructor(file: FileHandle, position: number) {
    this.#file = file;
    this.#position = position;
  }

  async append(chunk: Uint8Array): Promise<void> {
    for (let taken = 0; taken < chunk.length; ) {
      const part = chunk.subarray(taken, taken + blockBytes - this.#numPending);
      this.#block.set(part, this.#numPending);
      this.#numPending += part.length;
      taken += part.length;
      if (this.#numPending === blockBytes) await this.flush();
    }
  }

  /** Writes what is pending. */
  async flush(): Promise<void> {
    for (let written = 0; written < this.#numPending; ) {
      const length = this.#numPending - written;
      const { bytesWritten } = await this.#file.write(this.#block, written, length, this.#position);
      written += bytesWritten;
      this.#position += bytesWritten;
    }
    this.#numPending = 0;
  }
}
