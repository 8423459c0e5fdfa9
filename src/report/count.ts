/** A number and its noun: `1 retry`, `2,200 retries`. */
export function counted(number: number, singular: string, plural = `${singular}s`): string {
  return `${grouped(number)} ${number === 1 ? singular : plural}`;
}

/** A number and what it counts, where there is any: `3 rejected`. */
export function some(number: number, text: string): readonly string[] {
  return number === 0 ? [] : [`${grouped(number)} ${text}`];
}

/** A number that may be large: `21,180`. */
export function grouped(number: number): string {
  const [whole = '', fraction] = String(number).split('.');
  const text = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}
