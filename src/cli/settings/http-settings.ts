import { createSecureContext } from 'node:tls';
import type { Settings } from '../../config/settings.ts';
import { ParlanceError } from '../../errors/errors.ts';
import type { HttpOptions } from '../../http/options.ts';
import type { ListenOptions, TlsOptions } from '../../http/server.ts';
import { codeFingerprint, packageVersion } from '../process/package-info.ts';
import { readKeys } from './read-keys.ts';
import { readSettingFile } from './read-setting-file.ts';
import type { StartContext } from './start-context.ts';

/** TGI's. */
const KEEP_ALIVE_MS = 15_000;
const OPENAI_MAX_TOP_LOGPROBS = 20;

/** What the API is served with, the model aside. @throws invalid_setting where the file of keys can't be used */
export function httpOptions({
  settings,
  sources,
}: Pick<StartContext, 'settings' | 'sources'>): Omit<HttpOptions, 'model'> {
  const { aipPredictRoute, aipHealthRoute } = settings;
  return {
    limits: {
      maxConcurrentRequests: settings.maxConcurrentRequests,
      maxBestOf: settings.maxBestOf,
      maxStopSequences: settings.maxStopSequences,
      maxTopNTokens: settings.maxTopNTokens,
      maxTopLogprobs: sources.has('maxTopNTokens') ? settings.maxTopNTokens : OPENAI_MAX_TOP_LOGPROBS,
      maxClientBatchSize: settings.maxClientBatchSize,
      maxPayloadBytes: settings.payloadLimit,
    },
    apiKeys: readKeys(settings.apiKey, settings.apiKeyFile),
    corsAllowOrigins: settings.corsAllowOrigin,
    messagesApiEnabled: settings.messagesApiEnabled,
    grammarSupport: !settings.disableGrammarSupport,
    prefillLogprobs: settings.enablePrefillLogprobs,
    computeType: settings.computeType ?? `${settings.executionProvider}+optimized`,
    validationWorkers: settings.validationWorkers,
    version: packageVersion,
    buildSha: codeFingerprint(),
    vertexRoutes: {
      ...(aipPredictRoute !== undefined && { predict: aipPredictRoute }),
      ...(aipHealthRoute !== undefined && { health: aipHealthRoute }),
    },
    keepAliveMs: KEEP_ALIVE_MS,
  };
}

/** Where the API is served. @throws invalid_setting where a certificate or key can't be read */
export function listenOptions(settings: Settings): ListenOptions {
  const tls = tlsOptions(settings);
  return { hostname: settings.hostname, port: settings.port, ...(tls && { tls }) };
}

function tlsOptions({ sslCertfile, sslKeyfile, sslCaCerts, sslRequireClientCert }: Settings): TlsOptions | undefined {
  if (sslCertfile === undefined || sslKeyfile === undefined) return undefined;
  const files = {
    cert: readSettingFile('--ssl-certfile', sslCertfile),
    key: readSettingFile('--ssl-keyfile', sslKeyfile),
    ...(sslCaCerts !== undefined && { ca: readSettingFile('--ssl-ca-certs', sslCaCerts) }),
  };
  try {
    createSecureContext(files);
  } catch (cause) {
    const names = [`--ssl-certfile ${sslCertfile}`, `--ssl-keyfile ${sslKeyfile}`];
    if (sslCaCerts !== undefined) names.push(`--ssl-ca-certs ${sslCaCerts}`);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ParlanceError('invalid_setting', `${names.join(', ')} can't be used: ${reason}`, { cause });
  }
  return { ...files, requireClientCert: sslRequireClientCert };
}
