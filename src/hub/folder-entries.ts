import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';

/** What a folder holds; nothing where it is missing. */
export async function entriesOf(folder: string, { recursive = false } = {}): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true, recursive });
  } catch {
    return [];
  }
}
