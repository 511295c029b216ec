import { unwatchFile, watchFile } from 'node:fs';
import type { Settings } from '../../config/settings.ts';
import type { ListeningServer } from '../../http/server.ts';
import type { Log } from '../../observability/log.ts';
import { listenOptions } from '../settings/http-settings.ts';

const INTERVAL_MS = 5000;

/** Serves with new certificates once their files change; with the old ones while the new are no match.
 * @returns ends the watch */
export function watchCertificates(settings: Settings, server: ListeningServer, log: Log): () => void {
  const { sslCertfile, sslKeyfile, sslCaCerts } = settings;
  const files = [sslCertfile, sslKeyfile, sslCaCerts].filter((file) => file !== undefined);
  const reload = () => {
    try {
      const { tls } = listenOptions(settings);
      if (tls) server.replaceTls(tls);
      log.info(`serving with the certificates that are in ${files.join(', ')} now`);
    } catch (error) {
      log.warn(`keeping the old certificates: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  for (const file of files) watchFile(file, { interval: INTERVAL_MS, persistent: false }, reload);
  return () => {
    for (const file of files) unwatchFile(file, reload);
  };
}
