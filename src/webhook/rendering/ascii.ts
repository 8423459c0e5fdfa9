const ZERO = 0x30;
const HEX_DIGITS = new TextEncoder().encode('0123456789abcdef');

/** Writes a whole number with leading zeros. */
export function putDecimal(target: Uint8Array, at: number, value: number, digits: number): void {
  let rest = value;
  for (let index = at + digits - 1; index >= at; index -= 1) {
    const next = Math.trunc(rest / 10);
    target[index] = ZERO + rest - next * 10;
    rest = next;
  }
}

/** Writes the lowest bits of a value in lower-case hexadecimal, four bits a digit. */
export function putHex(target: Uint8Array, at: number, value: number, digits: number): void {
  let rest = value;
  for (let index = at + digits - 1; index >= at; index -= 1) {
    target[index] = HEX_DIGITS[rest & 0xf] ?? ZERO;
    rest >>>= 4;
  }
}
