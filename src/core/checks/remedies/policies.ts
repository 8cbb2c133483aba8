/** What to do about rules of the webhook: policies and EnvoyFilters. */
export const POLICIES_REMEDIES: Readonly<Record<string, string>> = {
  'V-POL-001': 'Keep selector or targetRefs.',
  'V-POL-002': 'Write the labels of the workloads.',
  'V-POL-003': 'Add labels, or remove selector.',
  'V-EF-000': 'Use another kind where one does it: Telemetry, WasmPlugin, the routing kinds.',
  'V-EF-001': 'Add applyTo, such as HTTP_FILTER.',
  'V-EF-002': 'Add patch with operation and value.',
  'V-EF-003': 'Add operation, such as MERGE.',
  'V-EF-004': 'Add value.',
  'V-EF-005': 'Write one such as ^1\\.2.*.',
  'V-EF-006': 'Write the labels of the workloads.',
  'V-EF-007': 'Add labels, or remove workloadSelector.',
  'V-EF-010': 'Match by the one that belongs to applyTo.',
  'V-EF-011': 'Remove filter from the match, or patch NETWORK_FILTER.',
  'V-EF-012': 'Add name.',
  'V-EF-020': 'Write the field as Envoy’s reference has it.',
};
