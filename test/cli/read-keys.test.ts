import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readKeys } from '../../src/cli/settings/read-keys.ts';

let folder: string;
const file = (name: string, content: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'parlance-keys-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('API keys', () => {
  it('are the given one and those of the file, a line each, without comments and empty lines', () => {
    const path = file('keys', '# team a\nalpha\r\n\n  beta  \n#gamma\n');
    expect(readKeys('given', path)).toEqual(['given', 'alpha', 'beta']);
    expect(readKeys('given', undefined)).toEqual(['given']);
    expect(readKeys(undefined, undefined)).toEqual([]);
  });

  it('must be in the file: one without a key would leave the API open', () => {
    const path = file('none', '# nothing yet\n\n');
    expect(() => readKeys(undefined, path)).toThrow(`--api-key-file ${path} holds no key: give one a line`);
  });

  it('must be readable', () => {
    expect(() => readKeys(undefined, '/absent')).toThrow(/^--api-key-file \/absent can't be read: .*ENOENT/);
  });
});
