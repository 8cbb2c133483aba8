import type { HTTPMatchRequest } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';
import { gatewayNameFaults } from './gateway-names.ts';
import { matchNameFault } from './headers.ts';
import { isLabel, labelFaults } from './names.ts';
import type { Report } from './report.ts';
import { matchFault, portFault, regexMatchFault } from './values.ts';

function textFaults(match: HTTPMatchRequest, path: YamlPath, report: Report): void {
  for (const [name, header] of Object.entries(match.headers ?? {})) {
    const at = [...path, 'headers', name];
    report.check('V-VS-041', at, matchNameFault(name));
    report.check('V-VS-042', at, matchFault(header, 'headers'));
  }
  for (const [name, header] of Object.entries(match.withoutHeaders ?? {})) {
    const at = [...path, 'withoutHeaders', name];
    report.check('V-VS-043', at, matchNameFault(name));
    // `*` is no regex here: it asks whether the header is there.
    if (header.regex !== '*') report.check('V-VS-044', at, matchFault(header, 'withoutHeaders'));
  }
  report.check('V-VS-045', [...path, 'uri'], regexMatchFault(match.uri, 'uri'));
  report.check('V-VS-046', [...path, 'scheme'], matchFault(match.scheme, 'scheme'));
  report.check('V-VS-047', [...path, 'method'], matchFault(match.method, 'method'));
  report.check('V-VS-048', [...path, 'authority'], matchFault(match.authority, 'authority'));
  for (const [name, parameter] of Object.entries(match.queryParams ?? {}))
    report.check('V-VS-049', [...path, 'queryParams', name], matchFault(parameter, 'queryParams'));
}

function sourceFaults(match: HTTPMatchRequest, path: YamlPath, report: Report): void {
  const { port = 0, sourceNamespace = '' } = match;
  if (port !== 0) report.check('V-VS-050', [...path, 'port'], portFault(port));
  for (const fault of labelFaults(match.sourceLabels)) report.error('V-VS-051', [...path, 'sourceLabels'], fault);
  gatewayNameFaults(match.gateways, [...path, 'gateways'], report);
  if (sourceNamespace !== '' && !isLabel(sourceNamespace))
    report.error('V-VS-053', [...path, 'sourceNamespace'], `"${sourceNamespace}" is no namespace to match.`);
}

/** Faults of the conditions of an HTTP rule. Source: validateHTTPRouteMatchRequest, whose warnings are lost. */
export function httpMatchFaults(
  matches: readonly HTTPMatchRequest[] | undefined,
  path: YamlPath,
  report: Report,
): void {
  const errors = report.errorsOnly();
  for (const [index, match] of (matches ?? []).entries()) textFaults(match, [...path, index], errors);
  for (const [index, match] of (matches ?? []).entries()) sourceFaults(match, [...path, index], errors);
}
