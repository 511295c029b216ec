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
  /** Changes the bytes of a tensor in a safetensors file, in place. */
  changeTensor(name: string, tensor: string, change: (bytes: Buffer) => void): void;
  /** Adds vectors of float32 to a safetensors file. */
  addTensors(name: string, tensors: Readonly<Record<string, Float32Array>>): void;
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
      const { header, data } = readSafetensors(file(fileName));
      writeSafetensors(file(fileName), change(header), data);
    },
    changeTensor(fileName, tensor, change) {
      const { header, data } = readSafetensors(file(fileName));
      change(data.subarray(...header[tensor]!.data_offsets));
      writeSafetensors(file(fileName), header, data);
    },
    addTensors(fileName, tensors) {
      const { header, data } = readSafetensors(file(fileName));
      const all = [data];
      let end = data.length;
      for (const [name, values] of Object.entries(tensors)) {
        const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
        header[name] = { dtype: 'F32', shape: [values.length], data_offsets: [end, end + bytes.length] };
        end += bytes.length;
        all.push(bytes);
      }
      writeSafetensors(file(fileName), header, Buffer.concat(all));
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function readSafetensors(file: string): { header: Header; data: Buffer } {
  const bytes = readFileSync(file);
  const end = 8 + Number(bytes.readBigUInt64LE());
  const { __metadata__: _, ...header } = JSON.parse(bytes.subarray(8, end).toString());
  return { header, data: bytes.subarray(end) };
}

function writeSafetensors(file: string, header: Header, data: Buffer): void {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  writeFileSync(file, Buffer.concat([length, json, data]));
}
