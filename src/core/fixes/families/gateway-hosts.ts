import { planEdits } from '../../commands/plan-edit.ts';
import { resourceTarget } from '../../commands/target.ts';
import { hostsMatch, resolveGateway } from '../../istio/index.ts';
import type { Resource } from '../../istio/types.ts';
import { edit, inDocument, listAt, removing, setting, textAt, textsAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';
import { gatewaysNear } from './gateway-names.ts';

function gatewayOf(place: Place, name: string): Resource | undefined {
  const id = resolveGateway(name, place.resource.namespace);
  return (place.projection.mesh.byKind.get('Gateway') ?? []).find((one) => `${one.namespace}/${one.name}` === id);
}

const bare = (host: string): string => host.replace(/^.*\//, '');
const serverHosts = (gateway: Resource, index: number): readonly string[] =>
  textsAt(gateway.value, ['spec', 'servers', index, 'hosts']);
const allHosts = (gateway: Resource): readonly string[] =>
  listAt(gateway.value, ['spec', 'servers']).flatMap((_, index) => serverHosts(gateway, index));

/** Adds a host to a server of a Gateway, perhaps of another document. */
function opening(place: Place, gateway: Resource, index: number, host: string): Proposal {
  const path = ['spec', 'servers', index, 'hosts'];
  const count = serverHosts(gateway, index).length;
  const port = textAt({ ...place, object: gateway.value }, ['spec', 'servers', index, 'port', 'name']);
  const title = `Open the gateway ${gateway.name}${port === '' ? '' : ` (${port})`} for ${host}`;
  return {
    id: `open ${index} ${host}`,
    title,
    kind: 'choice',
    plan: () => {
      const target = resourceTarget(place.projection, gateway.id);
      if (target.kind === 'refused') return target;
      const op =
        count === 0
          ? ({ kind: 'set', path, value: [host] } as const)
          : ({ kind: 'insert', path: [...path, count], value: host } as const);
      return planEdits(title, [{ slot: target.value.slot, ops: inDocument(gateway.source.path, [op]) }]);
    },
  };
}

/** A gateway that lets none of the hosts in. */
export const hostNotInGateway: Family = {
  codes: ['IST0132', 'MW-RULE-NOWHERE'],
  propose: (place) => {
    const written = textAt(place, place.path);
    const gateway = place.path.at(-2) === 'gateways' ? gatewayOf(place, written) : undefined;
    const hosts = textsAt(place.object, ['spec', 'hosts']);
    const [host] = hosts;
    const list = textsAt(place.object, ['spec', 'gateways']);
    if (place.path.at(-2) !== 'gateways' || host === undefined) return [];
    const open =
      gateway === undefined
        ? []
        : listAt(gateway.value, ['spec', 'servers']).map((_, index) => opening(place, gateway, index, host));
    const others = gatewaysNear(place, written)
      .filter((name) => name !== written && !list.includes(name))
      .filter((name) => {
        const other = gatewayOf(place, name);
        return other !== undefined && allHosts(other).some((each) => hosts.some((own) => hostsMatch(bare(each), own)));
      });
    const offered =
      gateway === undefined ? [] : [...new Set(allHosts(gateway).map(bare))].filter((each) => each !== '*');
    return [
      ...open.slice(0, 2),
      ...others
        .slice(0, 2)
        .map((name) => setting(place, [`gateway ${name}`, `Use the gateway ${name}`], place.path, name)),
      ...offered
        .slice(0, 2)
        .map((each) =>
          setting(
            place,
            [`host ${each}`, `Use the gateway’s host ${each} instead of ${host}`],
            ['spec', 'hosts', 0],
            each,
          ),
        ),
      ...(list.length > 1 ? [removing(place, ['removeGateway', `Remove ${written} from gateways`], place.path)] : []),
      ...(list.length === 1
        ? [removing(place, ['meshOnly', 'Use it in the mesh only: remove gateways'], ['spec', 'gateways'])]
        : []),
    ];
  },
};

/** Hosts that several Gateways of the same pods claim. */
export const gatewayConflict: Family = {
  codes: ['IST0145', 'KIA0301', 'MW-SERVER-DROPPED', 'MW-REDIRECT-FORCED'],
  propose: (place) => {
    const at = place.path.indexOf('servers');
    const index = place.path[at + 1];
    if (at < 0 || typeof index !== 'number') return [];
    const server = place.path.slice(0, at + 2);
    const hosts = textsAt(place.object, [...server, 'hosts']);
    const others = (place.projection.mesh.byKind.get('Gateway') ?? []).filter(({ id }) => id !== place.resource.id);
    const claimed = new Set(others.flatMap(allHosts).map(bare));
    const shared = hosts.flatMap((host, each) => (claimed.has(bare(host)) ? [{ host, each }] : []));
    const servers = listAt(place.object, ['spec', 'servers']);
    const drops =
      hosts.length > 1
        ? shared
            .slice(0, 3)
            .map(({ host, each }) =>
              removing(place, [`drop ${host}`, `Leave ${host} to the other Gateway`], [...server, 'hosts', each]),
            )
        : [];
    const whole =
      servers.length > 1
        ? [edit(place, ['removeServer', 'Remove this server'], [{ kind: 'remove', path: server }])]
        : [];
    const used = (place.projection.mesh.byKind.get('VirtualService') ?? [])
      .filter(({ value, namespace }) =>
        textsAt(value, ['spec', 'gateways']).some(
          (name) => resolveGateway(name, namespace) === `${place.resource.namespace}/${place.resource.name}`,
        ),
      )
      .flatMap(({ value }) => textsAt(value, ['spec', 'hosts']))
      .filter((host) => !claimed.has(host) && hosts.some((own) => own !== host && hostsMatch(bare(own), host)));
    const narrow =
      hosts.length === 1 && used.length > 0
        ? [
            setting(
              place,
              ['narrow', `Open it for ${[...new Set(used)].join(', ')} only`],
              [...server, 'hosts'],
              [...new Set(used)],
            ),
          ]
        : [];
    return [...narrow, ...drops, ...whole];
  },
};

/** A gateway host that no VirtualService answers. */
export const unansweredHost: Family = {
  codes: ['MW-HOST-UNANSWERED'],
  propose: (place) => {
    if (place.path.at(-2) !== 'hosts') return [];
    const list = textsAt(place.object, place.path.slice(0, -1));
    const host = textAt(place, place.path);
    return list.length > 1 ? [removing(place, ['removeHost', `Remove ${host} from the server`], place.path)] : [];
  },
};
