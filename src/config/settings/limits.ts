import { setting } from '../setting.ts';
import { boolean, integer } from '../value-types.ts';

/** What one request may ask for. */
export const limitSettings = {
  maxConcurrentRequests: setting({
    group: 'limits',
    description: 'Requests that are taken at the same time; one more is refused with 429.',
    type: integer(1),
    default: 128,
  }),
  maxInputTokens: setting({
    group: 'limits',
    description: 'Longest prompt, in tokens.',
    type: integer(1),
    defaultText: 'max-total-tokens − 1',
    flags: ['--max-input-length'],
    environment: ['MAX_INPUT_TOKENS', 'MAX_INPUT_LENGTH'],
  }),
  maxTotalTokens: setting({
    group: 'limits',
    description: 'Longest prompt and answer together, in tokens.',
    type: integer(2),
    defaultText: 'the positions of the model, or fewer where memory is short',
  }),
  maxBestOf: setting({
    group: 'limits',
    description: 'Largest `best_of`.',
    type: integer(1),
    default: 2,
  }),
  maxStopSequences: setting({
    group: 'limits',
    description: 'Most stop sequences of a request.',
    type: integer(0),
    default: 4,
  }),
  maxTopNTokens: setting({
    group: 'limits',
    description:
      'Largest `top_n_tokens`; where it is set, of `top_logprobs` and `logprobs`, too, which else may be 20.',
    type: integer(0),
    default: 5,
  }),
  maxClientBatchSize: setting({
    group: 'limits',
    description: 'Most prompts of a request that takes a list.',
    type: integer(1),
    default: 4,
  }),
  payloadLimit: setting({
    group: 'limits',
    description: 'Largest body of a request, in bytes; a larger one is refused with 413.',
    type: integer(1),
    default: 2_000_000,
  }),
  validationWorkers: setting({
    group: 'limits',
    description: 'Threads that tokenize prompts.',
    type: integer(1, 256),
    default: 2,
  }),
  enablePrefillLogprobs: setting({
    group: 'limits',
    description: "Whether `decoder_input_details` gives the prompt's log-probabilities; without it, it gives nothing.",
    type: boolean,
    default: false,
  }),
  disableGrammarSupport: setting({
    group: 'limits',
    description: 'Refuses requests with a grammar.',
    type: boolean,
    default: false,
  }),
  maxImageFetchSize: setting({
    group: 'limits',
    description: 'Largest image to fetch, in bytes.',
    type: integer(0),
    handling: { kind: 'mapped', toWhat: () => 'no effect: images are not served, and none is fetched' },
  }),
};
