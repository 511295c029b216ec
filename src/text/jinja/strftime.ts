const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Python's `datetime.strftime` in the C locale and local time. A directive that isn't known stays as it is. */
export function strftime(date: Date, format: string): string {
  return format.replace(/%(-?)([a-zA-Z%])/g, (match, dash: string, letter: string) => {
    const field = Object.hasOwn(FIELDS, letter) ? FIELDS[letter]!(date) : match;
    return dash === '' || field === match ? field : field.replace(/^0+(?=\d)/, '');
  });
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0');
const hours12 = (date: Date) => date.getHours() % 12 || 12;

const FIELDS: Readonly<Record<string, (date: Date) => string>> = {
  '%': () => '%',
  Y: (date) => String(date.getFullYear()),
  y: (date) => pad(date.getFullYear() % 100),
  m: (date) => pad(date.getMonth() + 1),
  B: (date) => MONTHS[date.getMonth()]!,
  b: (date) => MONTHS[date.getMonth()]!.slice(0, 3),
  h: (date) => MONTHS[date.getMonth()]!.slice(0, 3),
  d: (date) => pad(date.getDate()),
  e: (date) => String(date.getDate()).padStart(2),
  j: (date) => pad(dayOfYear(date), 3),
  A: (date) => DAYS[date.getDay()]!,
  a: (date) => DAYS[date.getDay()]!.slice(0, 3),
  w: (date) => String(date.getDay()),
  u: (date) => String(date.getDay() || 7),
  H: (date) => pad(date.getHours()),
  I: (date) => pad(hours12(date)),
  M: (date) => pad(date.getMinutes()),
  S: (date) => pad(date.getSeconds()),
  f: (date) => `${pad(date.getMilliseconds(), 3)}000`,
  p: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  F: (date) => `${FIELDS.Y!(date)}-${FIELDS.m!(date)}-${FIELDS.d!(date)}`,
  T: (date) => `${FIELDS.H!(date)}:${FIELDS.M!(date)}:${FIELDS.S!(date)}`,
  Z: () => '',
  z: () => '',
};

function dayOfYear(date: Date): number {
  const days = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) - Date.UTC(date.getFullYear(), 0, 0);
  return days / 86_400_000;
}
