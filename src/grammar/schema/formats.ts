import type { JsonNumber } from './json-schema.ts';

const DAY =
  '(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))';
const LEAP_YEAR = '(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const DATE = `(?:\\d{4}-${DAY}|${LEAP_YEAR}-02-29)`;
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?(?:Z|[+-](?:[01]\\d|2[0-3]):[0-5]\\d)';
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?';
const HOSTNAME = `${LABEL}(?:\\.${LABEL}){0,3}`;
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = `${BYTE}(?:\\.${BYTE}){3}`;
const HEX = '[0-9a-fA-F]';
const GROUP = `${HEX}{1,4}`;

/** Eight groups, or fewer with one `::`. */
const IPV6 = [
  `(?:${GROUP}:){7}${GROUP}`,
  `(?:${GROUP}:){1,6}:${GROUP}`,
  ...[2, 3, 4, 5, 6].map((after) => `(?:${GROUP}:){1,${7 - after}}(?::${GROUP}){1,${after}}`),
  `:(?::${GROUP}){1,7}`,
  `(?:${GROUP}:){1,7}:`,
  '::',
].join('|');

const DURATION_TIME = 'T(?:\\d{1,4}H(?:\\d{1,4}M)?(?:\\d{1,4}S)?|\\d{1,4}M(?:\\d{1,4}S)?|\\d{1,4}S)';
const DURATION_DATE = '(?:\\d{1,4}Y(?:\\d{1,4}M)?(?:\\d{1,4}D)?|\\d{1,4}M(?:\\d{1,4}D)?|\\d{1,4}D)';
const URI_SAFE = "[a-zA-Z0-9._~!$&'()*+,;=:@-]";

const EMAIL = `[a-zA-Z0-9_%+-]{1,32}(?:\\.[a-zA-Z0-9_%+-]{1,32})?@${LABEL}(?:\\.${LABEL})?\\.[a-zA-Z]{2,10}`;
const URI = [
  `[a-z][a-z0-9+.-]{1,10}://${HOSTNAME}(?::[1-9]\\d{0,3})?`,
  `(?:/${URI_SAFE}{0,32}){0,8}(?:\\?${URI_SAFE}{0,64})?(?:#${URI_SAFE}{0,32})?`,
].join('');

/** The string formats that are held, each by a pattern (of the whole string) that is within what its RFC allows. */
export const formatPatterns: ReadonlyMap<string, string> = new Map([
  ['date', DATE],
  ['time', TIME],
  ['date-time', `${DATE}T${TIME}`],
  ['duration', `P(?:${DURATION_DATE}(?:${DURATION_TIME})?|${DURATION_TIME}|\\d{1,4}W)`],
  ['email', EMAIL],
  ['idn-email', EMAIL],
  ['hostname', HOSTNAME],
  ['idn-hostname', HOSTNAME],
  ['ipv4', IPV4],
  ['ipv6', IPV6],
  ['uuid', `${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}`],
  ['uri', URI],
  ['uri-reference', URI],
  ['iri', URI],
  ['iri-reference', URI],
]);

/** Formats that say how a string is meant, not which strings there are. */
export const openFormats: ReadonlySet<string> = new Set(['password', 'binary', 'float', 'double']);

/** Integer formats of OpenAPI and their bounds. */
export const integerFormats: ReadonlyMap<string, readonly [JsonNumber, JsonNumber]> = new Map([
  ['int32', [-(2 ** 31), 2 ** 31 - 1]],
  ['int64', [-(2n ** 63n), 2n ** 63n - 1n]],
]);
