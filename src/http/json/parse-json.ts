import { parse } from 'lossless-json';
import { ParlanceError } from '../../errors/errors.ts';

/** serde_json's limit, beyond which TGI gives up too. */
const maxDepth = 128;

/** Parses a request's JSON. Integers beyond 2^53 become bigints, all other numbers doubles.
 * @throws malformed_request for bad syntax, numbers out of range, lone surrogates and deep nesting; invalid_body for
 *   a key that is given twice with different values */
export function parseJson(text: string): unknown {
  try {
    return parseStrictly(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const message = `Failed to parse the request body as JSON: ${error.message}`;
    throw new ParlanceError('malformed_request', message, { cause: error });
  }
}

/** Parses the JSON that a field of a request has as a text, by the same rules.
 * @param param the field
 * @throws invalid_body naming it */
export function parseJsonField(text: string, param: string): unknown {
  try {
    return parseStrictly(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ParlanceError('invalid_body', `\`${param}\` is a text that is no JSON: ${error.message}`, { param });
  }
}

/** @throws SyntaxError saying what is wrong; invalid_body for a duplicate key */
function parseStrictly(text: string): unknown {
  assertShallow(text);
  const value = parse(text, undefined, { parseNumber, onDuplicateKey: refuseDuplicate });
  if (/\\u[dD][89a-fA-F]/.test(text)) assertWellFormed(value);
  return value;
}

function parseNumber(source: string): number | bigint {
  const value = Number(source);
  if (!Number.isFinite(value)) throw new SyntaxError(`number out of range: ${source.slice(0, 40)}`);
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(source) ? value : BigInt(source);
}

function refuseDuplicate({ key }: { key: string }): never {
  throw new ParlanceError('invalid_body', `duplicate field \`${key}\``, { param: key });
}

/** The parser recurses, so depth is measured before it starts. */
function assertShallow(text: string): void {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isInString) {
      if (code === 0x5c) i++;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > maxDepth) throw new SyntaxError(`nested more than ${maxDepth} levels deep at position ${i}`);
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
}

function assertWellFormed(value: unknown, path = ''): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new SyntaxError(`${path || 'the body'} has half of a surrogate pair`);
  } else if (Array.isArray(value)) {
    value.forEach((item, i) => {
      assertWellFormed(item, `${path}[${i}]`);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      assertWellFormed(key, path);
      assertWellFormed(item, path ? `${path}.${key}` : key);
    }
  }
}
