import { isGateway, isService, selects } from '../../istio/index.ts';
import type { KubernetesServicePort } from '../../istio/index.ts';
import { goInteger } from '../webhook/names.ts';
import { selectorText } from './world.ts';
import type { Analyzer, Entry, World } from './types.ts';

/** The target port as a number; 0 for one by name. */
function targetNumber(port: KubernetesServicePort): number {
  const { targetPort = 0 } = port;
  return typeof targetPort === 'number' ? targetPort : (goInteger(targetPort) ?? 0);
}

/** The ports, their own and the pods', of services that select one of these pods. */
function servicePorts(world: World, pods: readonly Entry[]): ReadonlySet<number> {
  const ports = new Set<number>();
  for (const pod of pods) {
    for (const { resource, namespace } of world.of('Service')) {
      if (!isService(resource) || namespace !== pod.namespace) continue;
      if (!selects(resource.spec.selector, pod.resource.labels)) continue;
      for (const port of (resource.spec.ports ?? []).filter(({ protocol }) => protocol === 'TCP')) {
        const target = targetNumber(port);
        ports.add(port.port ?? 0);
        if (target !== 0) ports.add(target);
      }
    }
  }
  return ports;
}

/** Where a selector stands: at its first label. */
export function selectorPath(selector: Readonly<Record<string, string>>): readonly (string | number)[] {
  return ['spec', 'selector', selectorText(selector).split('=', 1)[0] ?? ''];
}

/** A Gateway's selector that no pod has, as three of Istio's analyzers say it. */
export function noPod(entry: Entry, selector: Readonly<Record<string, string>>) {
  return {
    code: 'IST0101',
    entry,
    path: ['spec', 'selector'],
    linePath: selectorPath(selector),
    message: `No pod has the labels of the selector "${selectorText(selector)}".`,
    remedy: 'Write the labels of the gateway’s pods, such as istio: ingressgateway.',
  };
}

/** Ports of a Gateway that no Service of its pods opens. Source: gateway.IngressGatewayPortAnalyzer. */
export const gatewayPorts: Analyzer = {
  name: 'gateway.IngressGatewayPortAnalyzer',
  reads: ['Gateway', 'Pod', 'Service'],
  needs: ['Pod', 'Service'],
  analyze: (world, say) => {
    const known = new Map<string, { readonly found: boolean; readonly ports: ReadonlySet<number> }>();
    const lookUp = (selector: Readonly<Record<string, string>>) => {
      const key = selectorText(selector);
      let entry = known.get(key);
      if (entry === undefined) {
        const pods = world.of('Pod').filter(({ resource }) => selects(selector, resource.labels));
        entry = { found: pods.length > 0, ports: servicePorts(world, pods) };
        known.set(key, entry);
      }
      return entry;
    };
    for (const entry of world.of('Gateway')) {
      if (!isGateway(entry.resource)) continue;
      const { selector = {}, servers = [] } = entry.resource.spec;
      const { found, ports } = lookUp(selector);
      if (!found) {
        say(noPod(entry, selector));
        continue;
      }
      for (const [index, { port }] of servers.entries()) {
        if (port === undefined || ports.has(port.number ?? 0)) continue;
        say({
          code: 'IST0162',
          entry,
          path: ['spec', 'servers', index, 'port'],
          linePath: selectorPath(selector),
          message: `No Service of the gateway's pods (${selectorText(selector)}) opens port ${port.number ?? 0}.`,
          remedy: 'Add the port to the gateway’s Service, or use one that it has.',
        });
      }
    }
  },
};
