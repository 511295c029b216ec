import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const INFRA = resolve(import.meta.dirname, '../../infra');

/** The settings that environments are checked by, the types of log lines, and what the command line shares. */
const ALLOWED = ['config', 'deploy', 'errors', 'observability'];

describe('infra', () => {
  it('imports no more of src than what it shares with the server and the command line', () => {
    const folders = readdirSync(INFRA)
      .flatMap((name) => [...readFileSync(join(INFRA, name), 'utf8').matchAll(/from '\.\.\/src\/([^/']+)/g)])
      .map(([, folder]) => folder!);
    expect([...new Set(folders)].sort()).toEqual(ALLOWED);
  });
});
