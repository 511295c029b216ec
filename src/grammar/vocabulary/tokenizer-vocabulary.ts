import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ParlanceError } from '../../errors/errors.ts';
import { buildVocabulary, CONTROL_END, controlTokenBytes, type Vocabulary } from './vocabulary.ts';

interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
}

/** What of a tokenizer.json says how its tokens spell text. */
export interface TokenizerJson {
  readonly model: {
    readonly vocab: Readonly<Record<string, number>> | readonly (readonly [string, number])[];
    readonly byte_fallback?: boolean;
  };
  readonly added_tokens?: readonly AddedToken[];
  readonly decoder?: DecoderJson | null;
}

interface DecoderJson {
  readonly type: string;
  readonly decoders?: readonly DecoderJson[];
  readonly replacement?: string;
  readonly pattern?: { readonly String?: string };
  readonly content?: string;
}

/** Reads from a tokenizer.json the bytes that each token adds to a text.
 * @param size of the logits, padding included
 * @throws unsupported_model for tokenizers whose tokens have no text of their own, or cannot spell every text: a grammar
 * might ask for a character that no token begins */
export function readVocabulary(tokenizer: TokenizerJson, size: number): Vocabulary {
  const { model, added_tokens: added = [] } = tokenizer;
  const entries = Array.isArray(model.vocab)
    ? (model.vocab as readonly (readonly [string, number])[]).map(([token], id) => [token, id] as const)
    : Object.entries(model.vocab as Record<string, number>);
  const spell = speller(tokenizer);
  const tokenBytes: (Uint8Array | undefined)[] = new Array(size).fill(undefined);
  for (const [token, id] of entries) if (id < size) tokenBytes[id] = withoutControlBytes(spell(token));
  for (const { id, content, special } of added) {
    if (id < size) tokenBytes[id] = special ? controlTokenBytes(content) : new TextEncoder().encode(content);
  }
  const missing = missingByte(tokenBytes);
  if (missing !== undefined) {
    throw new ParlanceError('unsupported_model', `tokenizer.json has no token for the byte 0x${missing.toString(16)}`);
  }
  return buildVocabulary(tokenBytes, size);
}

/** A byte of UTF-8, control characters but the line end aside, that no token spells alone. */
function missingByte(tokenBytes: readonly (Uint8Array | undefined)[]): number | undefined {
  const spelled = new Set(tokenBytes.flatMap((bytes) => (bytes?.length === 1 ? [bytes[0]!] : [])));
  const isNeeded = (byte: number) =>
    byte === 0x0a || (byte >= 0x20 && byte < 0x7f) || (byte >= 0x80 && byte < 0xc0) || (byte >= 0xc2 && byte < 0xf5);
  return Array.from({ length: 256 }, (_, byte) => byte).find((byte) => isNeeded(byte) && !spelled.has(byte));
}

/** Bytes that no UTF-8 has stay out of texts: they mark control tokens here. */
function withoutControlBytes(bytes: Uint8Array): Uint8Array | undefined {
  return bytes.some((byte) => byte >= CONTROL_END) ? undefined : bytes;
}

function speller({ decoder, model }: TokenizerJson): (token: string) => Uint8Array {
  const decoders = decoder?.decoders ?? (decoder ? [decoder] : []);
  if (decoders.some(({ type }) => type === 'ByteLevel')) return spellByteLevel;
  const space = decoders.find(({ type }) => type === 'Metaspace' || type === 'Replace');
  const mark = space?.replacement ?? space?.pattern?.String;
  if (mark === undefined) {
    throw new ParlanceError(
      'unsupported_model',
      `a grammar needs a ByteLevel, Metaspace or Replace decoder in tokenizer.json, not ${decoder?.type ?? 'none'}`,
    );
  }
  const text = (token: string) => new TextEncoder().encode(token.replaceAll(mark, space?.content ?? ' '));
  if (model.byte_fallback !== true) return text;
  return (token) => {
    const [, hexadecimal] = /^<0x([0-9A-F]{2})>$/.exec(token) ?? [];
    return hexadecimal === undefined ? text(token) : Uint8Array.of(Number.parseInt(hexadecimal, 16));
  };
}

/** GPT-2's spelling: printable Latin-1 characters stand for their own byte, the other bytes for characters from U+0100 on. */
function spellByteLevel(token: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of token) {
    const byte = byteOf.get(character);
    if (byte === undefined) bytes.push(...new TextEncoder().encode(character));
    else bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

const byteOf = new Map<string, number>();
for (let byte = 0, next = 0x100; byte < 256; byte++) {
  const isPrintable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  byteOf.set(String.fromCodePoint(isPrintable ? byte : next++), byte);
}

/** Reads the vocabulary of a checkpoint's folder.
 * @throws unsupported_model where tokenizer.json is missing or does not say how tokens are spelled */
export async function loadVocabulary(folder: string, size: number): Promise<Vocabulary> {
  const path = join(folder, 'tokenizer.json');
  let tokenizer: TokenizerJson;
  try {
    tokenizer = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new ParlanceError('unsupported_model', `${path} cannot be read`, { cause });
  }
  return readVocabulary(tokenizer, size);
}
