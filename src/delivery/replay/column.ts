/** A list of numbers that grows: eight bytes a number, or four, and no garbage. */
export interface Column {
  readonly length: number;
  at(index: number): number;
  push(value: number): void;
}

type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

const FIRST_LENGTH = 64;

/** Any numbers. */
export function createColumn(): Column {
  return growing((length) => new Float64Array(length));
}

/** Whole numbers from 0 to below 2^32. */
export function createWholeColumn(): Column {
  return growing((length) => new Uint32Array(length));
}

function growing(make: (length: number) => Numbers): Column {
  let values = make(FIRST_LENGTH);
  let length = 0;
  return {
    get length() {
      return length;
    },
    at: (index) => values[index] ?? 0,
    push: (value) => {
      if (length === values.length) {
        const larger = make(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
  };
}
