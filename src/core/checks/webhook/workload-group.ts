import { valueAt } from '../../yaml/index.ts';
import type { Json, JsonObject, YamlPath } from '../../yaml/types.ts';
import { labelFaults } from './names.ts';
import type { Report } from './report.ts';
import { portFault } from './values.ts';

const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const COUNTERS = [
  ['V-WG-003', 'periodSeconds'],
  ['V-WG-004', 'initialDelaySeconds'],
  ['V-WG-005', 'timeoutSeconds'],
  ['V-WG-006', 'successThreshold'],
  ['V-WG-007', 'failureThreshold'],
] as const;

const numberOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);

function methodFaults(probe: JsonObject, path: YamlPath, report: Report): void {
  const { httpGet, tcpSocket, exec } = probe;
  if (isMap(httpGet)) {
    const at = [...path, 'httpGet'];
    report.check('V-WG-008', [...at, 'port'], portFault(numberOf(httpGet['port'])));
    if (!['', 'HTTP', 'HTTPS'].includes(String(httpGet['scheme'] ?? '')))
      report.error('V-WG-009', [...at, 'scheme'], 'The scheme of a probe is HTTP or HTTPS.');
    const headers = httpGet['httpHeaders'];
    for (const [index, header] of (Array.isArray(headers) ? (headers as readonly Json[]) : []).entries()) {
      const name = isMap(header) ? String(header['name'] ?? '') : '';
      if (!/^[-A-Za-z0-9]+$/.test(name))
        report.error('V-WG-010', [...at, 'httpHeaders', index], `"${name}" can't be the name of a probe's header.`);
    }
  } else if (isMap(tcpSocket)) {
    report.check('V-WG-011', [...path, 'tcpSocket', 'port'], portFault(numberOf(tcpSocket['port'])));
  } else if (isMap(exec)) {
    const command = exec['command'];
    if (!Array.isArray(command) || command.length === 0)
      report.error('V-WG-012', [...path, 'exec'], 'A probe by exec needs a command.');
  } else {
    report.error('V-WG-013', path, 'A probe needs httpGet, tcpSocket or exec: the webhook knows no other.');
  }
}

/** Faults of a WorkloadGroup. The schema table does not have the kind, so its spec is read as it stands. Source: ValidateWorkloadGroup. */
export function workloadGroupFaults(object: JsonObject, report: Report): void {
  if (!isMap(valueAt(object, ['spec', 'template'])))
    return report.error('V-WG-001', ['spec'], 'A WorkloadGroup needs a template.');
  const labels = valueAt(object, ['spec', 'metadata', 'labels']);
  const texts = Object.entries(isMap(labels) ? labels : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const [wrong] = labelFaults(Object.fromEntries(texts));
  if (wrong !== undefined) return report.error('V-WG-002', ['spec', 'metadata', 'labels'], wrong);
  const probe = valueAt(object, ['spec', 'probe']);
  if (!isMap(probe)) return;
  for (const [rule, key] of COUNTERS) {
    if (numberOf(probe[key]) < 0) report.error(rule, ['spec', 'probe', key], `${key} can't be less than 0.`);
  }
  methodFaults(probe, ['spec', 'probe'], report);
}
