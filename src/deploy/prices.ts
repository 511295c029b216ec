/** Prices of real-time inference on demand, for estimates only: AWS changes them, regions differ, and neither storage,
 * data transfer nor logs are in them. */
export const prices = {
  region: 'us-east-1',
  currency: 'USD',
  /** When the table was put together from public statements of AWS's price list. */
  date: '2026-11-21',
  url: 'https://aws.amazon.com/sagemaker/ai/pricing/',
  /** Of an instance for an hour. */
  perHour: {
    'ml.g5.xlarge': 1.408,
    'ml.g5.2xlarge': 1.515,
    'ml.g5.4xlarge': 2.03,
    'ml.g5.8xlarge': 3.06,
    'ml.g5.12xlarge': 7.09,
    'ml.g5.16xlarge': 5.12,
    'ml.g5.24xlarge': 10.18,
    'ml.g5.48xlarge': 20.36,
    'ml.m5.large': 0.115,
    'ml.m5.xlarge': 0.23,
    'ml.m5.2xlarge': 0.461,
    'ml.m5.4xlarge': 0.922,
    'ml.m5.12xlarge': 2.765,
    'ml.m5.24xlarge': 5.53,
    'ml.c5.large': 0.102,
    'ml.c5.xlarge': 0.204,
    'ml.c5.2xlarge': 0.408,
    'ml.c5.4xlarge': 0.816,
    'ml.c5.9xlarge': 1.836,
    'ml.c5.18xlarge': 3.672,
    'ml.c6i.large': 0.102,
    'ml.c6i.xlarge': 0.204,
    'ml.c6i.2xlarge': 0.408,
    'ml.c6i.4xlarge': 0.816,
    'ml.c6i.8xlarge': 1.632,
    'ml.c6i.12xlarge': 2.448,
    'ml.c6i.16xlarge': 3.264,
    'ml.c6i.24xlarge': 4.896,
    'ml.c6i.32xlarge': 6.528,
  } satisfies Readonly<Record<string, number>>,
} as const;

/** A month as AWS's calculator counts it. */
export const hoursPerMonth = 730;

export interface CostEstimate {
  readonly instanceType: string;
  readonly perHour: number;
  /** With the fewest and with the most instances; the same where their number is fixed. */
  readonly perMonth: { readonly least: number; readonly most: number };
}

/** What an instance costs for an hour, in the table's currency and region; undefined where the table doesn't have it. */
export function pricePerHour(instanceType: string): number | undefined {
  return Object.entries(prices.perHour).find(([name]) => name === instanceType)?.[1];
}

/** What instances cost in a month, in the table's currency and region.
 * @returns undefined for an instance type without a known price */
export function estimateCost(
  instanceType: string,
  numInstances: { readonly least: number; readonly most: number },
): CostEstimate | undefined {
  const perHour = pricePerHour(instanceType);
  if (perHour === undefined) return undefined;
  const perMonth = (count: number) => perHour * count * hoursPerMonth;
  return {
    instanceType,
    perHour,
    perMonth: { least: perMonth(numInstances.least), most: perMonth(numInstances.most) },
  };
}

/** The estimate in one line, with where and when the prices were valid. */
export function describeCost(instanceType: string, estimate: CostEstimate | undefined): string {
  if (estimate === undefined) return `Cost: no price is known here for ${instanceType}; see ${prices.url}`;
  const dollars = (amount: number) => `$${amount.toLocaleString('en-US', { maximumFractionDigits: 0 })}`;
  const { least, most } = estimate.perMonth;
  const range = least === most ? dollars(most) : `${dollars(least)} to ${dollars(most)}`;
  return (
    `Cost: about ${range} a month (${hoursPerMonth} h at $${estimate.perHour} for each ${instanceType}), ` +
    `by prices for ${prices.region} of ${prices.date}; an estimate of the instances alone`
  );
}
