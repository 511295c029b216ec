import { setting } from '../setting.ts';
import { boolean, text } from '../value-types.ts';

/** Who may call. */
export const securitySettings = {
  apiKey: setting({
    group: 'security',
    description: 'Key that requests must bring as a bearer token.',
    type: text,
    isSecret: true,
    readsEmpty: true,
  }),
  apiKeyFile: setting({
    group: 'security',
    description: 'File of further keys, one a line; # begins a comment.',
    type: text,
    readsEmpty: true,
  }),
  sslCertfile: setting({
    group: 'security',
    description: "PEM file of the server's certificate and its chain; serves HTTPS, TLS 1.2 and up.",
    type: text,
  }),
  sslKeyfile: setting({
    group: 'security',
    description: "PEM file of the certificate's private key.",
    type: text,
  }),
  sslCaCerts: setting({
    group: 'security',
    description: "PEM file of the authorities that clients' certificates are checked against.",
    type: text,
  }),
  sslRequireClientCert: setting({
    group: 'security',
    description: 'Refuses clients without a certificate of these authorities (mutual TLS).',
    type: boolean,
    default: false,
  }),
};
