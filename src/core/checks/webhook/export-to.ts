import type { YamlPath } from '../../yaml/types.ts';
import { isLabel } from './names.ts';
import type { Report } from './report.ts';

/** Ids of the rules on `exportTo`, and what the kind allows. */
export interface ExportToRules {
  readonly twice: string;
  readonly ownTwice: string;
  readonly nobody: string;
  readonly name: string;
  readonly everybody: string;
  /** Of a ServiceEntry, which may be exported to nobody: the rule on `~` beside others. */
  readonly nobodyBeside?: string;
  /** Of a DestinationRule with a selector: the rules on several entries and on foreign ones. */
  readonly selector?: { readonly several: string; readonly foreign: string };
}

function valueFault(value: string): { readonly nobody: boolean; readonly message: string } | undefined {
  if (value === '.' || value === '*') return undefined;
  if (value === '~') return { nobody: true, message: '"~" (nobody) is allowed for a ServiceEntry only.' };
  return isLabel(value)
    ? undefined
    : { nobody: false, message: 'An entry of exportTo must be ".", "*" or the name of a namespace.' };
}

/** Faults of `exportTo`. `namespace` is the object's own, '' where nobody said. Source: validateExportTo. */
export function exportToFaults(
  exportTo: readonly string[] | undefined,
  namespace: string,
  rules: ExportToRules,
  report: Report,
): void {
  const path: YamlPath = ['spec', 'exportTo'];
  const entries = exportTo ?? [];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const key = entry === '.' ? namespace : entry;
    const at = [...path, index];
    if (seen.has(key)) {
      if (key !== entry) report.error(rules.ownTwice, at, `"." and the own namespace, "${namespace}", are the same.`);
      else report.error(rules.twice, at, `"${entry}" stands here twice.`);
      continue;
    }
    const fault = rules.nobodyBeside !== undefined && entry === '~' ? undefined : valueFault(key);
    if (fault === undefined) seen.add(key);
    else report.error(fault.nobody ? rules.nobody : rules.name, at, fault.message);
  }
  if (rules.selector !== undefined && seen.size > 0) {
    const { several, foreign } = rules.selector;
    if (!seen.has(namespace))
      report.error(foreign, path, 'With a workloadSelector the rule can be exported to its own namespace only.');
    else if (seen.size > 1)
      report.error(several, path, 'With a workloadSelector the rule can have one entry in exportTo only.');
  }
  if (seen.has('*') && entries.length > 1)
    report.error(rules.everybody, path, '"*" is everybody: other entries beside it are not allowed.');
  if (seen.has('~') && entries.length > 1)
    report.error(rules.nobodyBeside ?? rules.nobody, path, '"~" is nobody: other entries beside it are not allowed.');
}
