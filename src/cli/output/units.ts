const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const COUNT_UNITS = ['', 'K', 'M', 'B', 'T'];

/** @returns such as `1.5 GiB` */
export function inBytes(count: number): string {
  return scaled(count, 1024, BYTE_UNITS, ' ');
}

/** @returns such as `1.1B` */
export function inShort(count: number): string {
  return scaled(count, 1000, COUNT_UNITS, '');
}

function scaled(count: number, step: number, units: readonly string[], space: string): string {
  const power = count < step ? 0 : Math.min(Math.floor(Math.log(count) / Math.log(step)), units.length - 1);
  const value = count / step ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))}${space}${units[power]}`;
}
