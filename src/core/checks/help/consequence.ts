const codes = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Rules of the webhook that warn and don't refuse. */
export const WARNINGS = codes(
  'V-VS-004 V-VS-091 V-VS-111 V-VS-164 V-DR-012 V-DR-043 V-DR-068 V-DR-076 V-DR-128 V-GW-022 V-GW-030 V-GW-031 V-GW-032 V-GW-039 V-GW-042 V-SE-002 V-SE-007 V-SE-014 V-SE-021 V-SE-047 V-WE-002 V-SC-002 V-SC-018 V-SC-026 V-SC-027 V-POL-003 V-EF-000 V-EF-007 V-EF-011 V-EF-020 V-VS-200 V-VS-201 V-VS-202 V-VS-203 V-VS-204',
);
/** Rules that Istio finds broken and tells nobody of. */
export const SILENT = codes('V-VS-085');

const BY_PREFIX: readonly (readonly [prefix: string, consequence: string])[] = [
  ['V-', 'istiod’s webhook refuses the object: kubectl apply fails, and the cluster keeps what it had.'],
  ['IST0106', 'istiod’s webhook refuses the object: kubectl apply fails, and the cluster keeps what it had.'],
  ['IST', 'istioctl analyze says it. The cluster takes the object as it stands.'],
  ['KIA', 'Kiali shows it. The cluster takes the object as it stands.'],
  ['MW-', 'Only Meshwright says it, with a request that proves it. The cluster takes the object as it stands.'],
  ['SCHEMA-', 'The API server refuses the object: kubectl apply fails, and the cluster keeps what it had.'],
];

/** Who says a code, and whether the object is refused. */
export function consequenceOf(code: string): string {
  if (WARNINGS.has(code))
    return 'The cluster takes the object; kubectl prints a warning, and istioctl analyze says it.';
  if (SILENT.has(code)) return 'Istio finds it and tells nobody: only Meshwright says it.';
  return BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 'Only Meshwright says it.';
}
