/** Who may sign requests to the gateway. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Where it is set, requests must carry it. */
  readonly sessionToken?: string;
}

/** How requests are authenticated: not at all, or by signatures with these credentials. */
export type Authentication = { readonly kind: 'off' } | ({ readonly kind: 'sigv4' } & SigningIdentity);

/** What signatures are held against. */
export interface SigningIdentity {
  readonly credentials: Credentials;
  readonly region: string;
}
