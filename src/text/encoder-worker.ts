import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { serveTasks } from '../system/worker-tasks.ts';
import type { EncodedPrompt, EncodeTask } from './encoder.ts';
import { parseTokenizer } from './tokenizer.ts';

const path = workerData as string;
const tokenizer = parseTokenizer(readFileSync(path, 'utf8'), path);

serveTasks<EncodeTask, EncodedPrompt>(
  async ({ text, addSpecialTokens, withOffsets }) => {
    const encoding = await tokenizer.encode(text, null, { addSpecialTokens });
    const ids = Uint32Array.from(encoding.getIds());
    return withOffsets ? { ids, offsets: Uint32Array.from(encoding.getOffsets().flat()) } : { ids };
  },
  ({ ids, offsets }) => (offsets === undefined ? [ids.buffer] : [ids.buffer, offsets.buffer]),
);
