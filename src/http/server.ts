import { createServer as createHttpServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createApp } from './create-app.ts';
import { createLoadingApp } from './create-loading-app.ts';
import type { Log, Services } from './services.ts';

export interface TlsOptions {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
  /** Whom client certificates must come from. */
  readonly ca?: string;
  readonly requireClientCert: boolean;
}

export interface ListenOptions {
  readonly hostname: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** What is being done until there is an API to serve, asked at each request until then. */
  readonly stage?: () => string;
  readonly tls?: TlsOptions;
  /** How long a request may take to arrive, body included. @default 120000 */
  readonly requestTimeoutMs?: number;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Refuses new generations, lets those admitted end, then closes. After `patienceMs` what is left is cut off. */
  close(patienceMs: number): Promise<void>;
}

export interface ListeningServer extends RunningServer {
  /** Answers by the API from now on. */
  serve(services: Services): void;
  /** Shows new connections another certificate; those that are open keep theirs. @throws for what is no certificate or key */
  replaceTls(tls: TlsOptions): void;
}

const serverOptions: ServerOptions = {
  // Longer than the idle time of the usual load balancers, so that they close connections, not we.
  keepAliveTimeout: 75_000,
  maxHeaderSize: 16_384,
};

/** Serves the API. @throws the listen error, e.g. EADDRINUSE */
export async function startServer(services: Services, options: ListenOptions): Promise<RunningServer> {
  const server = await listen(options, services.log);
  server.serve(services);
  return server;
}

/** Opens the port. Until the API is there to serve, every request is told that the model is loading: a health check
 * wants its answer at once. @throws the listen error, e.g. EADDRINUSE */
export async function listen(
  { hostname, port, tls, stage = () => 'starting', requestTimeoutMs = 120_000 }: ListenOptions,
  log: Log,
): Promise<ListeningServer> {
  let served: Services | undefined;
  let handle = createLoadingApp(log, stage).callback();
  const handler: RequestListener = (request, response) => handle(request, response);
  const timeouts = {
    headersTimeout: Math.min(30_000, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(10_000, requestTimeoutMs),
  };
  const settings = { ...serverOptions, ...timeouts };
  const secureServer = tls && createHttpsServer({ ...settings, ...tlsSettings(tls) }, handler);
  const server = secureServer ?? createHttpServer(settings, handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  });
  const closePort = createPortCloser(server);
  const address = server.address() as AddressInfo;
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `${tls ? 'https' : 'http'}://${host}:${address.port}`,
    port: address.port,
    serve(services) {
      served = services;
      handle = createApp(services).callback();
    },
    replaceTls: (next) => secureServer?.setSecureContext(tlsSettings(next)),
    close: (patienceMs) => closeWhenDrained(server, closePort, patienceMs, served),
  };
}

function tlsSettings({ cert, key, ca, requireClientCert }: TlsOptions) {
  return {
    cert,
    key,
    ...(ca === undefined ? {} : { ca }),
    requestCert: requireClientCert,
    rejectUnauthorized: requireClientCert,
    minVersion: 'TLSv1.2' as const,
  };
}

/** The port stays open while generations end, so that health checks learn of it. */
async function closeWhenDrained(
  server: Server,
  closePort: () => Promise<void>,
  patienceMs: number,
  served?: Services,
): Promise<void> {
  const deadline = setTimeout(() => {
    served?.log.warn(
      { numAdmitted: served.admission.numAdmitted, patienceMs },
      'cutting off the generations that are left',
    );
    server.closeAllConnections();
  }, patienceMs);
  await served?.admission.drain();
  await closePort();
  clearTimeout(deadline);
}

/** Closes the port, and all connections once nothing is being answered: those kept alive for a next request, and those
 * that clients opened in advance, would hold the server open. */
function createPortCloser(server: Server): () => Promise<void> {
  let numAnswering = 0;
  let isClosing = false;
  const closeConnections = () => {
    if (isClosing && numAnswering === 0) setImmediate(() => server.closeAllConnections());
  };
  server.on('request', (_request, response) => {
    numAnswering++;
    response.once('close', () => {
      numAnswering--;
      closeConnections();
    });
  });
  return () =>
    new Promise((resolve) => {
      isClosing = true;
      server.close(() => resolve());
      closeConnections();
    });
}
