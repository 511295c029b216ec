import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ToolDefinition } from '../../../src/grammar/tools/tool-format.ts';

interface ToolSet {
  readonly name: string;
  readonly tools: readonly ToolDefinition[];
}

const FILE = join(import.meta.dirname, '../schemas/tools.json');

export const toolSets: readonly ToolSet[] = (JSON.parse(readFileSync(FILE, 'utf8')) as ToolSet[]).map(
  ({ name, tools }) => ({ name, tools: tools.map((tool) => ({ ...tool, isStrict: true })) }),
);
