import type { FinishReason } from '../../../text/types.ts';

export function openaiFinishReason(reason: FinishReason): 'stop' | 'length' {
  switch (reason) {
    case 'eos_token':
    case 'stop_sequence':
      return 'stop';
    case 'length':
      return 'length';
    default: {
      const unknown: never = reason;
      return unknown;
    }
  }
}
