/** The image's health check: exits with 0 where the server takes requests, asked where its settings say it listens. */
import { readSettings } from '../dist/config/read-settings.js';

const { port, sslCertfile } = readSettings([], process.env).settings;
const { get } = await import(sslCertfile === undefined ? 'node:http' : 'node:https');
get({ host: 'localhost', port, path: '/ping', timeout: 2000, rejectUnauthorized: false }, ({ statusCode }) =>
  process.exit(statusCode === 200 ? 0 : 1),
)
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
