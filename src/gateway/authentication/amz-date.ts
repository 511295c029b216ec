import { AwsError } from '../aws-errors.ts';

/** Reads a date in the form of signatures, 20260131T235959Z. @throws IncompleteSignatureException */
export function parseAmzDate(text: string): Date {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  const date = new Date(match ? `${match.slice(1, 4).join('-')}T${match.slice(4).join(':')}Z` : Number.NaN);
  if (Number.isNaN(date.getTime())) {
    throw new AwsError('IncompleteSignatureException', `Date must be in ISO-8601 'basic format'. Got '${text}'.`);
  }
  return date;
}

/** The inverse of {@link parseAmzDate}; what is below a second is dropped. */
export function formatAmzDate(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}
