const UNITS = [
  ['MiB', 2 ** 20],
  ['KiB', 2 ** 10],
] as const;

/** A bound as it is said: `1 MiB`, `64 KiB`, `1000 bytes`. */
export function sizeText(bytes: number): string {
  const [unit, unitBytes] = UNITS.find(([, size]) => bytes % size === 0) ?? ['bytes', 1];
  return `${bytes / unitBytes} ${unit}`;
}
