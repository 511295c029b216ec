import { ParlanceError } from '../errors/errors.ts';
import { flagsOf, type SettingName, type Settings } from './settings.ts';
import { type Sources, spelled } from './source.ts';

/** Settings that contradict each other, by the rules of text-generation-launcher where it has one.
 * @throws invalid_setting for the first contradiction */
export function checkCombinations(settings: Settings, sources: Sources): void {
  for (const { name, problem } of contradictions(settings, sources)) {
    const source = sources.get(name);
    const shown = source ? spelled(source) : flagsOf(name)[0];
    throw new ParlanceError('invalid_setting', `${shown} ${problem}`, { param: source?.name ?? name });
  }
}

interface Contradiction {
  readonly name: SettingName;
  /** To be read after the setting as it was given. */
  readonly problem: string;
}

function* contradictions(settings: Settings, sources: Sources): Generator<Contradiction> {
  const { maxInputTokens, maxTotalTokens, maxBatchTotalTokens, maxBatchPrefillTokens } = settings;
  const as = (name: SettingName) => spelled(sources.get(name)!);
  if (maxInputTokens !== undefined && maxTotalTokens !== undefined && maxInputTokens >= maxTotalTokens)
    yield { name: 'maxInputTokens', problem: `must be less than ${as('maxTotalTokens')}` };
  if (maxBatchTotalTokens !== undefined) {
    const atMost = `must be at most ${as('maxBatchTotalTokens')}`;
    if (maxTotalTokens !== undefined && maxTotalTokens > maxBatchTotalTokens)
      yield { name: 'maxTotalTokens', problem: atMost };
    if (sources.has('maxBatchPrefillTokens') && maxBatchPrefillTokens > maxBatchTotalTokens)
      yield { name: 'maxBatchPrefillTokens', problem: atMost };
  }
  yield* shardContradictions(settings, sources);
  yield* tlsContradictions(settings);
  if (settings.dtype !== undefined && settings.dtype !== 'auto' && settings.quantize !== undefined)
    yield { name: 'dtype', problem: `cannot be used with ${as('quantize')}` };
}

function* shardContradictions({ numShard, sharded }: Settings, sources: Sources): Generator<Contradiction> {
  if (numShard === undefined) return;
  const given = sources.get('numShard')!;
  // SageMaker sets SM_NUM_GPUS=0 on machines without a GPU.
  if (numShard === 0 && given.name !== 'SM_NUM_GPUS') yield { name: 'numShard', problem: 'must be at least 1' };
  if (sharded && numShard <= 1) yield { name: 'sharded', problem: `needs at least 2 shards, but ${spelled(given)}` };
}

function* tlsContradictions(settings: Settings): Generator<Contradiction> {
  const { sslCertfile, sslKeyfile, sslCaCerts, sslRequireClientCert } = settings;
  const needsCertfile = { problem: 'needs --ssl-certfile (SSL_CERTFILE)' };
  if (sslCertfile !== undefined && sslKeyfile === undefined)
    yield { name: 'sslCertfile', problem: 'needs --ssl-keyfile (SSL_KEYFILE)' };
  if (sslKeyfile !== undefined && sslCertfile === undefined) yield { name: 'sslKeyfile', ...needsCertfile };
  if (sslCaCerts !== undefined && sslCertfile === undefined) yield { name: 'sslCaCerts', ...needsCertfile };
  if (sslRequireClientCert && sslCaCerts === undefined)
    yield { name: 'sslRequireClientCert', problem: 'needs --ssl-ca-certs (SSL_CA_CERTS)' };
}
