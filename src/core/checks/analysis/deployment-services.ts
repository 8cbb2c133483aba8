import { grouped } from '../../base/lists.ts';
import { isService, selects } from '../../istio/index.ts';
import type { KubernetesServicePort } from '../../istio/index.ts';
import { deploymentInMesh } from './in-mesh.ts';
import { textsAt } from './raw.ts';
import type { Analyzer, Entry, World } from './types.ts';

interface Opened {
  readonly service: string;
  readonly port: KubernetesServicePort;
}

/** The ports of all services that select the pods of a Deployment. */
function portsOf(world: World, deployment: Entry): readonly Opened[] {
  const labels = textsAt(deployment, 'spec', 'template', 'metadata', 'labels');
  return world.of('Service').flatMap(({ resource, namespace, fullName }) => {
    if (!isService(resource) || namespace !== deployment.namespace) return [];
    const { selector = {}, ports = [] } = resource.spec;
    if (Object.keys(selector).length === 0 || !selects(selector, labels)) return [];
    return ports.map((port) => ({ service: fullName, port }));
  });
}

const target = ({ port }: Opened): string => {
  const text = String(port.targetPort ?? '');
  return text === '' || text === '0' ? String(port.port ?? 0) : text;
};
const list = (texts: readonly string[]): string => [...new Set(texts)].sort().join(', ');

/** Services of one Deployment that disagree about a port. Source: deployment.ServiceAssociationAnalyzer. */
export const deploymentServices: Analyzer = {
  name: 'deployment.MultiServiceAnalyzer',
  reads: ['Service', 'Deployment', 'Namespace'],
  needs: [],
  analyze: (world, say) => {
    for (const entry of world.of('Deployment')) {
      if (entry.resource.labels['gateway.istio.io/managed'] === 'istio.io-mesh-controller') continue;
      if (!deploymentInMesh(world, entry)) continue;
      const opened = portsOf(world, entry);
      const at = { entry, path: ['spec', 'template'], linePath: ['metadata', 'name'] };
      for (const [port, group] of grouped(opened, (each) => String(each.port.port ?? 0))) {
        if (new Set(group.map((each) => each.port.protocol ?? 'TCP')).size < 2) continue;
        const services = list(group.map(({ service }) => service));
        const message = `Its Services give port ${port} different protocols: ${services}.`;
        say({ ...at, code: 'IST0116', message });
      }
      for (const [to, group] of grouped(opened, target)) {
        const ports = list(group.map((each) => String(each.port.port ?? 0)));
        if (!ports.includes(',')) continue;
        const services = list(group.map(({ service }) => service));
        const message = `Its Services lead different ports (${ports}) to ${to}: ${services}.`;
        say({ ...at, code: 'IST0137', message });
      }
    }
  },
};
