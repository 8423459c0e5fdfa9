const IN_NUMBERS = new Uint8Array(256).map((_, code) =>
  '0123456789.+-eE'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** Where the number that starts at `start` ends. */
export function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (IN_NUMBERS[text.charCodeAt(end)] === 1) end += 1;
  return end;
}
