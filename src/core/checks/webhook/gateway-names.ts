import type { YamlPath } from '../../yaml/types.ts';
import { fqdnFault, isLabel } from './names.ts';
import type { Report } from './report.ts';

/** Faults of a list of gateways. A name without a namespace ends the list: Istio does not look at those behind it. Source: validateGatewayNames. */
export function gatewayNameFaults(names: readonly string[] | undefined, path: YamlPath, report: Report): void {
  for (const [index, text] of (names ?? []).entries()) {
    const at = [...path, index];
    const slash = text.indexOf('/');
    if (slash < 0) {
      if (text.includes('.')) {
        const [name, namespace] = text.split('.');
        report.warning('V-VS-004', at, `"${text}" is the old way to name a gateway: write "${namespace}/${name}".`);
      }
      report.check('V-VS-005', at, fqdnFault(text));
      return;
    }
    const namespace = text.slice(0, slash);
    const name = text.slice(slash + 1);
    if (namespace === '' || name === '')
      report.error('V-VS-006', at, 'Neither the namespace nor the name of a gateway may be empty.');
    if (!isLabel(namespace)) report.error('V-VS-007', at, `"${namespace}" is no namespace.`);
    if (!isLabel(name)) report.error('V-VS-008', at, `"${name}" can't be the name of a gateway.`);
  }
}
