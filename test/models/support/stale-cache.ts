import type { MemoryBlock, Runtime } from '../../../src/runtime/runtime.ts';
import { doublingGraph } from '../../runtime/small-graphs.ts';

export interface RecordedRuntime {
  readonly runtime: Runtime;
  /** What was reserved, in order. */
  readonly blocks: MemoryBlock[];
}

/** The runtime, with a list of the blocks that were reserved. */
export function recordBlocks(runtime: Runtime): RecordedRuntime {
  const blocks: MemoryBlock[] = [];
  const reserve = (byteLength: number) => {
    const block = runtime.reserve(byteLength);
    blocks.push(block);
    return block;
  };
  return { runtime: { ...runtime, reserve }, blocks };
}

/** Fills a block with NaN, as the cache of sequences that went wrong would. */
export async function fillWithNaN(runtime: Runtime, block: MemoryBlock): Promise<void> {
  const length = block.byteLength / Float32Array.BYTES_PER_ELEMENT;
  const session = await runtime.createSession(doublingGraph());
  const binding = session.createBinding();
  const all = block.tensor('float32', [length], 0);
  binding.bindInput('x', runtime.hostTensor('float32', [length], new Float32Array(length).fill(Number.NaN)));
  binding.bindOutput('doubled', all);
  await binding.run();
  binding.dispose();
  all.dispose();
  session.dispose();
}
