import { valueAt } from '../../yaml/index.ts';
import type { Json, JsonObject, YamlPath } from '../../yaml/types.ts';
import { unknownPatchField } from './envoy-fields.ts';
import type { Report } from './report.ts';
import { isEmptySelector, selectorFaults } from './selector.ts';
import { regexFault } from './values.ts';

/* What is checked of kinds beyond routing: the rules that Istio's samples and tests meet. */

const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asMap = (value: Json | undefined): JsonObject => (isMap(value) ? value : {});
const asText = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const asList = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(asMap(value)).map(([key, text]) => [key, String(text)]));
}

/** Faults of `selector` and `targetRefs` of a Telemetry or security policy. Source: validateOneOfSelectorType, validateWorkloadSelector. */
export function policySelectorFaults(object: JsonObject, report: Report): void {
  const spec = asMap(object['spec']);
  const targets = [isMap(spec['selector']), isMap(spec['targetRef']), asList(spec['targetRefs']).length > 0];
  if (targets.filter(Boolean).length > 1)
    report.error('V-POL-001', ['spec'], 'There can be a selector or targetRefs, not both.');
  if (!isMap(spec['selector'])) return;
  const labels = textsOf(spec['selector']['matchLabels']);
  selectorFaults(labels, ['spec', 'selector', 'matchLabels'], 'V-POL-002', report);
  if (isEmptySelector(labels)) report.warning('V-POL-003', ['spec', 'selector'], 'The selector has no labels.');
}

const OBJECTS: Readonly<Record<string, readonly [object: string, said: string]>> = {
  LISTENER: ['listener', 'listeners'],
  FILTER_CHAIN: ['listener', 'listeners'],
  NETWORK_FILTER: ['listener', 'listeners'],
  HTTP_FILTER: ['listener', 'listeners'],
  ROUTE_CONFIGURATION: ['routeConfiguration', 'routes'],
  VIRTUAL_HOST: ['routeConfiguration', 'routes'],
  HTTP_ROUTE: ['routeConfiguration', 'routes'],
  CLUSTER: ['cluster', 'clusters'],
};

/** Whether Istio reads on behind what a patch matches. */
function matchFaults(patch: JsonObject, applyTo: string, path: YamlPath, report: Report): boolean {
  const match = asMap(patch['match']);
  const expected = OBJECTS[applyTo];
  if (expected === undefined) return true;
  const [object, said] = expected;
  const given = ['listener', 'routeConfiguration', 'cluster'].filter((key) => isMap(match[key]));
  if (given.length > 0 && !given.includes(object)) {
    report.error('V-EF-010', [...path, 'match'], `A patch of ${said} must match ${object}.`);
    return object !== 'listener';
  }
  const filter = asMap(asMap(match['listener'])['filterChain'])['filter'];
  if (object !== 'listener' || !isMap(filter)) return true;
  const at = [...path, 'match', 'listener', 'filterChain', 'filter'];
  if (applyTo === 'LISTENER' || applyTo === 'FILTER_CHAIN')
    report.warning('V-EF-011', at, `Matching a filter does nothing for ${applyTo}.`);
  if (asText(filter['name']) !== '') return true;
  report.error('V-EF-012', at, 'A filter to match needs its name.');
  return false;
}

function patchFaults(patch: JsonObject, path: YamlPath, report: Report): void {
  const match = asMap(patch['match']);
  if (match['context'] === 'WAYPOINT') return;
  const applyTo = asText(patch['applyTo']);
  if (applyTo === '' || applyTo === 'INVALID') return report.error('V-EF-001', path, 'A patch needs applyTo.');
  if (!isMap(patch['patch'])) return report.error('V-EF-002', path, 'A patch of an EnvoyFilter needs patch.');
  const { operation, value } = patch['patch'];
  if (asText(operation) === '' || operation === 'INVALID')
    return report.error('V-EF-003', [...path, 'patch'], 'A patch needs its operation.');
  if (operation !== 'REMOVE' && !isMap(value))
    return report.error('V-EF-004', [...path, 'patch'], 'A patch needs a value, REMOVE apart.');
  const version = asText(asMap(match['proxy'])['proxyVersion']);
  const regex = version === '' ? undefined : regexFault(version, 'proxyVersion');
  if (regex !== undefined) return report.error('V-EF-005', [...path, 'match', 'proxy', 'proxyVersion'], regex);
  if (!matchFaults(patch, applyTo, path, report)) return;
  const unknown = unknownPatchField(applyTo, asMap(value));
  if (unknown === undefined) return;
  const message = `Envoy knows no field "${unknown}" in what ${applyTo} patches.`;
  report.warning('V-EF-020', [...path, 'patch', 'value', unknown], message);
}

/** Faults of an EnvoyFilter, what stands below the first level of a patch's value left alone. Source: ValidateEnvoyFilter. */
export function envoyFilterFaults(object: JsonObject, report: Report): void {
  const path = ['spec', 'workloadSelector', 'labels'];
  const selector = valueAt(object, ['spec', 'workloadSelector']);
  const labels = textsOf(valueAt(object, path));
  const broken = Object.entries(labels).some(([key, text]) => key === '' || `${key}${text}`.includes('*'));
  if (broken) return selectorFaults(labels, path, 'V-EF-006', report);
  report.warning(
    'V-EF-000',
    ['spec'],
    'An EnvoyFilter reaches into Istio’s insides, which change: use other kinds where you can.',
  );
  if (isMap(selector) && isEmptySelector(labels))
    report.warning(
      'V-EF-007',
      ['spec', 'workloadSelector'],
      'A workloadSelector without labels takes every workload of the namespace.',
    );
  for (const [index, patch] of asList(valueAt(object, ['spec', 'configPatches'])).entries())
    patchFaults(asMap(patch), ['spec', 'configPatches', index], report);
}
