import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

export interface IssueDescription {
  /** `messages[0].content`; empty for the body itself. */
  readonly path: string;
  readonly message: string;
}

/** Says which field of a body is wrong, what it holds, and what it may hold. */
export function describeIssue(error: z.ZodError, body: unknown): IssueDescription {
  const { issue, keys } = deepest(error.issues[0]!, [], body);
  const path = formatPath(keys);
  const value = valueAt(body, keys);
  if (value === undefined && keys.length > 0)
    return { path, message: `${parentOf(keys)}missing field \`${String(keys.at(-1))}\`` };
  const reason = reasonOf(issue);
  return { path, message: `${path ? `${path}: ` : ''}${reason}, given ${show(value)}` };
}

/** Zod's words without what it was given, which is shown by itself; JSON knows objects, not records. */
function reasonOf(issue: Issue): string {
  const { message } = issue.code === 'invalid_key' ? issue.issues[0]! : issue;
  return message
    .replace(/^Invalid input: /, '')
    .replace(/, received .*$/, '')
    .replace(/^expected record$/, 'expected object');
}

/** Follows a union to the branch that came furthest, for its issue says more than "no branch fits". A branch that only
 * misses a field of its own is no better than the others. */
function deepest(
  issue: Issue,
  prefix: readonly PropertyKey[],
  body: unknown,
): { issue: Issue; keys: readonly PropertyKey[] } {
  const keys = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union') return { issue, keys };
  const branches = issue.errors.flatMap((issues) => issues.slice(0, 1)).map((first) => deepest(first, keys, body));
  const depth = (branch: { keys: readonly PropertyKey[] }) =>
    branch.keys.length - (valueAt(body, branch.keys) === undefined ? 1 : 0);
  return branches.reduce((best, branch) => (depth(branch) > depth(best) ? branch : best), { issue, keys });
}

function formatPath(keys: readonly PropertyKey[]): string {
  return keys.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
}

function parentOf(keys: readonly PropertyKey[]): string {
  const path = formatPath(keys.slice(0, -1));
  return path === '' ? '' : `${path}: `;
}

function valueAt(body: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    body,
  );
}

function show(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
