/** `60 %`, `33.3 %`, `0.01 %`: a probability from 0 to 1 as people read it. */
export function percentText(probability: number): string {
  const percent = probability * 100;
  return `${String(Number(percent.toFixed(percent >= 1 ? 1 : 3)))} %`;
}
