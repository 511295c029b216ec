import { setting } from '../setting.ts';
import { integer, number } from '../value-types.ts';

/** How sequences share the model. */
export const batchingSettings = {
  maxBatchSize: setting({
    group: 'batching',
    description: 'Most sequences that are decoded together, each in a slot of the KV cache.',
    type: integer(1, 1024),
    default: 64,
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
    description:
      'Waiting sequences join the batch once they are more than this ratio of the running ones. ' +
      'At 0 they join at once: their prompts are read in chunks between decode steps (the launcher, 0.3).',
    type: number(0),
    default: 0,
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
