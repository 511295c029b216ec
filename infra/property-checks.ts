import type { Duration } from 'aws-cdk-lib';
import { ParlanceError } from '../src/errors/errors.ts';

/** Holds a property to whole numbers of a range. @throws invalid_setting */
export function checkInteger(property: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  const range = max === Number.POSITIVE_INFINITY ? `of at least ${min}` : `from ${min} to ${max}`;
  throw new ParlanceError('invalid_setting', `${property} is ${value}: expected an integer ${range}`);
}

/** The seconds of a time-out that SageMaker takes. @throws invalid_setting
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html */
export function timeoutSeconds(property: string, timeout: Duration): number {
  const seconds = timeout.toSeconds();
  if (seconds >= 60 && seconds <= 3600) return seconds;
  throw new ParlanceError(
    'invalid_setting',
    `${property} is ${seconds} s: SageMaker takes 60 to 3600 s; a model that needs more to load wants its weights in S3`,
  );
}

/** Holds a name to what SageMaker takes for endpoints and inference components. @throws invalid_setting */
export function checkName(property: string, name: string): void {
  if (/^[A-Za-z0-9](-*[A-Za-z0-9]){0,62}$/.test(name)) return;
  throw new ParlanceError(
    'invalid_setting',
    `${property} is ${name}: expected letters, digits and hyphens, 63 at most`,
  );
}
