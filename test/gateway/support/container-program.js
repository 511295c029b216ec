// A container as its environment says: ready after READY_AFTER_MS, or ended with EXIT_CODE before that; asked to end, it
// takes END_AFTER_MS.
import { createServer } from 'node:http';

const {
  SAGEMAKER_BIND_TO_PORT,
  READY_AFTER_MS = '0',
  END_AFTER_MS = '0',
  EXIT_CODE,
  HEALTH_PATH = '/ping',
} = process.env;
const startedAt = Date.now();

console.log('loading shard 1 of 2');
if (EXIT_CODE !== undefined) {
  console.error('cannot allocate 14 GiB');
  process.exit(Number(EXIT_CODE));
}
process.on('SIGTERM', () => setTimeout(() => process.exit(0), Number(END_AFTER_MS)));
createServer((request, response) => {
  const isReady = Date.now() - startedAt >= Number(READY_AFTER_MS);
  if (request.method === 'GET' && request.url === HEALTH_PATH) return response.writeHead(isReady ? 200 : 503).end();
  response.writeHead(200, { 'content-type': 'application/json' });
  return response.end(JSON.stringify({ pid: process.pid, path: request.url, environment: process.env }));
}).listen(Number(SAGEMAKER_BIND_TO_PORT), '127.0.0.1');
