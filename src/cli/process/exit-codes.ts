import { type ErrorCode, ParlanceError } from '../../errors/errors.ts';

/** What the exit codes of the command line mean, for scripts. Any other failure is 1. */
export const exitCodes = {
  0: 'done',
  1: 'a failure that the last line tells of: a wrong argument, a refusal of AWS, …',
  3: 'there is no such endpoint',
  4: 'the endpoint, or its deployment, has failed',
  5: 'the time that was given is over; what was waited for goes on',
  6: 'the model does not fit the instance type',
  7: '`doctor` found something to mend',
  130: 'it was interrupted by Ctrl-C',
  141: 'what read the output ended first, as `head` does',
} as const;

export type ExitCode = keyof typeof exitCodes;

const codeByError: Partial<Record<ErrorCode, ExitCode>> = {
  unknown_endpoint: 3,
  endpoint_failed: 4,
  out_of_time: 5,
  does_not_fit: 6,
};

export function exitCodeOf(error: unknown): ExitCode {
  return (error instanceof ParlanceError ? codeByError[error.code] : undefined) ?? 1;
}
