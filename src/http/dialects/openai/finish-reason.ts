import type { FinishReason } from '../../../text/types.ts';

/** @param numCalls calls of tools in the answer, the last of which `length` may have cut */
export function openaiFinishReason(reason: FinishReason, numCalls = 0): 'stop' | 'length' | 'tool_calls' {
  switch (reason) {
    case 'eos_token':
    case 'stop_sequence':
      return numCalls > 0 ? 'tool_calls' : 'stop';
    case 'length':
      return 'length';
    default: {
      const unknown: never = reason;
      return unknown;
    }
  }
}
