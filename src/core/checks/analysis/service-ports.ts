import { AUTO_PROTOCOL, isService, servicePortProtocol } from '../../istio/index.ts';
import type { Analyzer } from './types.ts';

const MANAGED = new Set(['istio.io-gateway-controller', 'istio.io-mesh-controller', 'istio.io-eastwest-controller']);

/** Ports whose protocol Istio can't tell. Source: service.PortNameAnalyzer. */
export const servicePorts: Analyzer = {
  name: 'service.PortNameAnalyzer',
  reads: ['Service'],
  needs: [],
  analyze: (world, say) => {
    for (const entry of world.of('Service')) {
      const { resource } = entry;
      if (!isService(resource)) continue;
      const { labels, spec } = resource;
      if (labels['istio'] !== undefined || labels['release'] === 'istio') continue;
      if (MANAGED.has(labels['gateway.istio.io/managed'] ?? '')) continue;
      const external = spec.type === 'ExternalName';
      for (const [index, port] of (spec.ports ?? []).entries()) {
        const name = port.name ?? '';
        if (servicePortProtocol(port) !== AUTO_PROTOCOL && !(name === 'tcp' && external)) continue;
        const path = ['spec', 'ports', index];
        const at = { entry, path, linePath: [...path, 'port'] };
        if (external) {
          const message = 'The port of an ExternalName Service needs a name that tells its protocol, and not tcp.';
          say({ ...at, code: 'IST0150', message });
        } else {
          const message = `The name "${name}" of port ${port.port ?? 0} (to ${port.targetPort ?? 0}) does not tell its protocol.`;
          say({ ...at, code: 'IST0118', message, remedy: 'Name it such as http-web, or set appProtocol.' });
        }
      }
    }
  },
};
