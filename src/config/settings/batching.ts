import { setting } from '../setting.ts';
import { integer, number } from '../value-types.ts';

/** How sequences share the model. */
export const batchingSettings = {
  maxBatchSize: setting({
    group: 'batching',
    description: 'Most sequences that are decoded together, each in a slot of the KV cache.',
    type: integer(1, 1024),
    defaultText: 'chosen from the memory',
  }),
  maxBatchTotalTokens: setting({
    group: 'batching',
    description: 'Most tokens, of prompts and answers to come, in a batch. A ceiling: memory may allow less.',
    type: integer(2),
    defaultText: 'as many as memory allows',
  }),
  maxBatchPrefillTokens: setting({
    group: 'batching',
    description: 'Most prompt tokens that are read before the running sequences get their next step.',
    type: integer(1),
    default: 4096,
  }),
  prefillChunk: setting({
    group: 'batching',
    description: 'Prompt tokens that are read in one run of the model.',
    type: integer(1, 65_536),
    default: 128,
  }),
  waitingServedRatio: setting({
    group: 'batching',
    description: 'Running sequences pause for waiting ones when these are more than this ratio of the running.',
    type: number(0),
    default: 0.3,
  }),
  maxWaitingTokens: setting({
    group: 'batching',
    description: 'Decode steps after which waiting sequences join the batch, whatever the ratio.',
    type: integer(0),
    default: 20,
  }),
  watermarkGamma: setting({
    group: 'batching',
    description: 'Share of the vocabulary that a watermark favours.',
    type: number(0, 1),
    default: 0.5,
  }),
  watermarkDelta: setting({
    group: 'batching',
    description: 'How much a watermark adds to the logits of the tokens that it favours.',
    type: number(0),
    default: 2,
  }),
};
