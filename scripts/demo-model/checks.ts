/** Is an answer right? The same rules as in checks.py. */
import { isDeepStrictEqual } from 'node:util';

export type Check =
  | { type: 'contains'; any: string[]; all?: string[] }
  | { type: 'exact'; value: string }
  | { type: 'json'; value: unknown }
  | { type: 'number'; value: number }
  | { type: 'refusal' }
  | { type: 'tool_call'; name: string; arguments: Record<string, unknown> };

/** The part of a chat completion's message that is judged. */
export interface Answer {
  content?: string | null;
  tool_calls?: { function: { name: string; arguments: string } }[];
}

const REFUSAL = /don't know|do not know|outside of what|not know/i;
const CALL = /<tool_call>\s*([\s\S]*?)\s*<\/tool_call>/;

/** Judges one answer by its check. */
export function passes(check: Check, answer: Answer): boolean {
  const text = answer.content ?? '';
  const has = (part: string) => text.toLowerCase().includes(part.toLowerCase());
  switch (check.type) {
    case 'contains':
      return check.any.some(has) && (check.all ?? []).every(has);
    case 'exact':
      return withoutStop(text) === withoutStop(check.value);
    case 'json':
      return isDeepStrictEqual(parsed(text), check.value);
    case 'number':
      return Number(text.match(/-?\d+/g)?.at(-1)) === check.value;
    case 'refusal':
      return REFUSAL.test(text);
    case 'tool_call':
      return isDeepStrictEqual(calledBy(answer), { name: check.name, arguments: check.arguments });
  }
}

/** The call as the server parsed it, or as the model wrote it. */
function calledBy(answer: Answer): unknown {
  const call = answer.tool_calls?.[0]?.function;
  if (call !== undefined) return { name: call.name, arguments: parsed(call.arguments) };
  return parsed(CALL.exec(answer.content ?? '')?.[1] ?? '');
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.+$/, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
