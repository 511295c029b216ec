import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { DownloadOptions } from '../../../src/hub/download-checkpoint.ts';
import { type HubSettings, readHubSettings } from '../../../src/hub/hub-settings.ts';
import { type Files, shardedModel } from './checkpoint-files.ts';
import { StandInHub, type StandInModel } from './stand-in-hub.ts';

export const commit = 'a'.repeat(40);
export const model = { id: 'org/name', revision: 'main' };

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parlance-hub-'));
  cleanUps.push(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A stand-in of the Hub with one model, an empty cache, and waits that are noted instead of waited. */
export async function setUpHub(
  files: Files = shardedModel(),
  rest: Partial<StandInModel> = {},
  environment: Record<string, string> = {},
): Promise<{ hub: StandInHub; settings: HubSettings; options: DownloadOptions; waitsMs: number[]; notes: string[] }> {
  const hub = await StandInHub.start({
    id: model.id,
    commits: { [commit]: files },
    branches: { main: commit },
    ...rest,
  });
  cleanUps.push(() => hub.stop());
  const settings = readHubSettings({ HF_ENDPOINT: hub.endpoint, HF_HOME: temporaryFolder(), ...environment });
  const waitsMs: number[] = [];
  const notes: string[] = [];
  const sleep = async (ms: number) => void waitsMs.push(ms);
  const options = {
    retry: { maxAttempts: 4, sleep, random: () => 0 },
    onNote: (note: string) => void notes.push(note),
  };
  return { hub, settings, options, waitsMs, notes };
}

/** The contents of a folder by path, through links. */
export async function contentsOf(folder: string): Promise<Record<string, Buffer>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const)),
  );
}
