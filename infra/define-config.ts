import type { EndpointSettings } from './endpoint-settings.ts';

/** What `parlance.config.ts` beside cdk.json says: endpoints, a stack each. */
export interface ParlanceConfig {
  readonly endpoints: readonly EndpointSettings[];
  /** @default that of the credentials */
  readonly account?: string;
  /** @default that of the credentials */
  readonly region?: string;
  /** Of every endpoint; an endpoint's own go before these. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Types a configuration: `export default defineConfig({ endpoints: […] })`. */
export function defineConfig(config: ParlanceConfig): ParlanceConfig {
  return config;
}
