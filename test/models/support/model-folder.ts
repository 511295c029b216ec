import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fixtureModels } from './goldens.ts';

/** A copy of a fixture's checkpoint, to be broken. */
export interface ModelFolder {
  readonly folder: string;
  file(name: string): string;
  /** Changes keys of config.json; undefined takes one out. */
  changeConfig(changes: Readonly<Record<string, unknown>>): void;
  /** Changes the JSON header of a safetensors file; the tensors' bytes stay. */
  changeHeader(name: string, change: (header: Header) => Header): void;
  remove(): void;
}

export type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;

export function copyModel(name: string): ModelFolder {
  const folder = mkdtempSync(path.join(tmpdir(), `parlance-${name}-`));
  cpSync(path.join(fixtureModels, name), folder, { recursive: true });
  const file = (fileName: string) => path.join(folder, fileName);
  return {
    folder,
    file,
    changeConfig(changes) {
      const config = { ...JSON.parse(readFileSync(file('config.json'), 'utf8')), ...changes };
      writeFileSync(file('config.json'), JSON.stringify(config));
    },
    changeHeader(fileName, change) {
      const bytes = readFileSync(file(fileName));
      const end = 8 + Number(bytes.readBigUInt64LE());
      const { __metadata__: _, ...header } = JSON.parse(bytes.subarray(8, end).toString());
      const json = Buffer.from(JSON.stringify(change(header)));
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(json.length));
      writeFileSync(file(fileName), Buffer.concat([length, json, bytes.subarray(end)]));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
