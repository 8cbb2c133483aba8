import type { YamlPath } from '../../yaml/types.ts';
import type { Report } from './report.ts';

/** The errors of a workload selector: an empty key, a wildcard. Source: validateWorkloadSelector, ValidateAlphaWorkloadSelector. */
export function selectorFaults(
  labels: Readonly<Record<string, string>> | undefined,
  path: YamlPath,
  rule: string,
  report: Report,
): void {
  for (const [key, value] of Object.entries(labels ?? {})) {
    const at = [...path, key];
    if (key === '') report.error(rule, at, `A selector can't have an empty key ("${key}=${value}").`);
    if (`${key}${value}`.includes('*')) report.error(rule, at, `A selector can't have wildcards ("${key}=${value}").`);
  }
}

/** Whether a selector that is there has no labels. */
export const isEmptySelector = (labels: Readonly<Record<string, string>> | undefined): boolean =>
  Object.keys(labels ?? {}).length === 0;
