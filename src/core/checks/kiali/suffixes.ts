/** Wildcards that hold a host, widest last: of `a.b.c` these are `*.b.c`, `*.c`; of `*.b.c` it is `*.c`. */
export function wildcardsOver(host: string): readonly string[] {
  const labels = host.split('.');
  return labels.slice(1).map((_, index) => `*.${labels.slice(index + 1).join('.')}`);
}
