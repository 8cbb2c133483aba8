/** What istiod sorts by: age (RFC 3339 text, `''` where unknown), then name, then namespace. */
export interface Aged {
  readonly created: string;
  readonly name: string;
  readonly namespace: string;
}

/** Plain comparison of code units, as Go's `strings.Compare` for ASCII. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The order in which istiod takes configuration: oldest first, then by name, then by namespace (istiod: `configCompareByCreationTime`). */
export function compareAge(a: Aged, b: Aged): number {
  return compareText(a.created, b.created) || compareText(a.name, b.name) || compareText(a.namespace, b.namespace);
}
