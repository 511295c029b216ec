/** The log lines that programs read: with JSON_OUTPUT, CloudWatch's metric filters find them by `event` and take their
 * numbers by these names. */

/** A generation that ended by itself. */
export interface GenerationLine {
  readonly event: 'generation';
  readonly finishReason: string;
  readonly promptTokens: number;
  readonly generatedTokens: number;
  readonly validationMs: number;
  /** From admission to its slot. */
  readonly queueMs: number;
  /** From its slot to the last token. */
  readonly inferenceMs: number;
  /** From the request's arrival to the first token. */
  readonly timeToFirstTokenMs?: number;
  /** Inference over tokens. */
  readonly timePerTokenMs: number;
}

/** A request for a generation that failed; one whose client went away is none. */
export interface FailureLine {
  readonly event: 'failure';
  /** As in TGI's `error_type`. */
  readonly errorType: string;
}
