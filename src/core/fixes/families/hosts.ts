import { planAddResource } from '../../commands/add-resource.ts';
import { resolveHost, shortHost } from '../../istio/index.ts';
import type { MeshService } from '../../mesh/index.ts';
import { valueAt } from '../../yaml/model.ts';
import { setting, textAt } from '../edit.ts';
import { ranked } from '../nearest.ts';
import type { Family, Place, Proposal } from '../types.ts';

const firstPart = (host: string): string => host.split('.', 1)[0] ?? host;

/** The hosts that are declared, as this resource calls them, nearest to what is written first; its own namespace before others. */
export function hostsNear(place: Place, written: string): readonly string[] {
  const own = place.resource.namespace;
  const known = [...place.projection.mesh.services.values()].filter(
    ({ origin, host }) => origin !== 'assumed' && !host.includes('*'),
  );
  const inside = !written.includes('.') || /\.svc(\.|$)/.test(written) || written.split('.').length === 2;
  const near = ranked(inside ? firstPart(written) : written, known, ({ host, external, name }) =>
    inside && !external ? name : host,
  );
  const sameName = (service: MeshService): number => (service.name === firstPart(written) ? 0 : 1);
  const sameSpace = (service: MeshService): number => (service.namespace === own ? 0 : 1);
  const sorted = [...near].sort((a, b) => sameName(a) - sameName(b));
  const top = sorted.slice(0, 6).sort((a, b) => sameName(a) - sameName(b) || sameSpace(a) - sameSpace(b));
  return [...new Set(top.map(({ host }) => shortHost(host, own)))];
}

/** `name.ns`, `name.ns.svc` written out. */
function writtenOut(place: Place, written: string): string | undefined {
  const [name = '', namespace = '', ...rest] = written.split('.');
  if (namespace === '' || (rest.length > 0 && rest.join('.') !== 'svc')) return undefined;
  const full = resolveHost(name, namespace);
  const service = place.projection.mesh.services.get(full);
  return service !== undefined && service.origin !== 'assumed' ? full : undefined;
}

const isOutside = (host: string): boolean => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(host) && !/\.svc(\.|$)/.test(host);

/** A host that nobody declares, or that is none. */
export const unknownHost: Family = {
  codes: ['IST0101', 'IST0174', 'KIA1101', 'V-VS-150', 'V-VS-151', 'MW-HOST-PARTIAL', 'MW-NO-CLUSTER'],
  propose: (place): readonly Proposal[] => {
    if (place.path.at(-1) !== 'host' || isPortAtFault(place)) return [];
    const written = textAt(place, place.path);
    const full = writtenOut(place, written);
    const use = (host: string): Proposal => setting(place, [`host ${host}`, `Use the host ${host}`], place.path, host);
    const create: Proposal = {
      id: 'createServiceEntry',
      title: `Declare ${written} in a ServiceEntry`,
      kind: 'choice',
      plan: () =>
        planAddResource(place.projection, {
          kind: 'addResource',
          resourceKind: 'ServiceEntry',
          host: written,
          namespace: place.resource.namespace,
        }),
    };
    return [
      ...(full === undefined ? [] : [setting(place, [`full ${full}`, `Write it out: ${full}`], place.path, full)]),
      ...hostsNear(place, written)
        .filter((host) => host !== written && host !== full)
        .slice(0, 3)
        .map(use),
      ...(isOutside(written) ? [create] : []),
    ];
  },
};

/** Whether the host of a destination is there, and only its port is not. */
export function isPortAtFault(place: Place): boolean {
  const destination = place.path.slice(0, -1);
  const host = textAt(place, [...destination, 'host']);
  const port = valueAt(place.object, [...destination, 'port', 'number']);
  const service = place.projection.mesh.services.get(resolveHost(host, place.resource.namespace));
  if (service === undefined || service.origin === 'assumed' || port === undefined) return false;
  return !service.ports.some(({ number }) => number === port);
}
