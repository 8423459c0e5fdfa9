/** A share as a percentage, never rounded to all or nothing: `0.2 %`, `99.9 %`, `100 %`. */
export function shareText(share: number): string {
  const percent = share * 100;
  if (share <= 0 || share >= 1) return `${percent.toFixed(0)} %`;
  const digits = percent < 1 || percent > 99 ? 2 : 1;
  const shown = Math.min(100 - 10 ** -digits, Math.max(10 ** -digits, percent));
  return `${Number(shown.toFixed(digits))} %`;
}
