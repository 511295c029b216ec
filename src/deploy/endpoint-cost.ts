import type { EndpointDescription } from './describe-endpoint.ts';
import { hoursPerMonth, pricePerHour } from './prices.ts';

/** What an endpoint's instances cost, in the currency of the table of prices; undefined where a price isn't known. */
export interface EndpointCost {
  readonly endpoint: string;
  readonly instances: readonly { readonly instanceType: string; readonly count: number }[];
  readonly perHour: number | undefined;
  /** For the hours since the endpoint was last changed, as if it had had these instances all the time. */
  readonly sinceChange: number | undefined;
  readonly perMonth: number | undefined;
}

/** @param nowMs milliseconds since 1970 */
export function costOf({ name, variants, changedAt }: EndpointDescription, nowMs: number): EndpointCost {
  const instances = variants.flatMap(({ instanceType, numInstances }) =>
    instanceType === undefined ? [] : [{ instanceType, count: numInstances }],
  );
  const perHour = instances.reduce<number | undefined>((sum, { instanceType, count }) => {
    const price = pricePerHour(instanceType);
    return sum === undefined || price === undefined ? undefined : sum + price * count;
  }, 0);
  const hours = Math.max(0, nowMs - Date.parse(changedAt)) / 3_600_000;
  return {
    endpoint: name,
    instances,
    perHour,
    sinceChange: perHour === undefined ? undefined : perHour * hours,
    perMonth: perHour === undefined ? undefined : perHour * hoursPerMonth,
  };
}
