import type { Destination, VirtualServiceSpec } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';

/** A destination of a VirtualService, and where it stands. */
export interface Placed {
  readonly destination: Destination;
  readonly mirror: boolean;
  readonly path: YamlPath;
  /** Where istioctl looks for its line; for items of `mirrors` it looks in the wrong place. */
  readonly linePath: YamlPath | undefined;
}

/** The destinations of all routes. Source: getRouteDestinations. */
function routeDestinations(spec: VirtualServiceSpec): readonly Placed[] {
  return (['tcp', 'tls', 'http'] as const).flatMap((protocol) =>
    (spec[protocol] ?? []).flatMap((rule, index) =>
      (rule.route ?? []).map((route, place) => {
        const path = ['spec', protocol, index, 'route', place, 'destination', 'host'];
        return { destination: route.destination ?? {}, mirror: false, path, linePath: path };
      }),
    ),
  );
}

/** The destinations of all mirrors. Source: getHTTPMirrorDestinations. */
function mirrorDestinations(spec: VirtualServiceSpec): readonly Placed[] {
  return (spec.http ?? []).flatMap((rule, index) => {
    const path = ['spec', 'http', index, 'mirror', 'host'];
    const one = rule.mirror === undefined ? [] : [{ destination: rule.mirror, mirror: true, path, linePath: path }];
    const several = (rule.mirrors ?? []).map((mirror, place) => ({
      destination: mirror.destination ?? {},
      mirror: true,
      path: ['spec', 'http', index, 'mirrors', place, 'destination', 'host'],
      linePath: undefined,
    }));
    return [...one, ...several];
  });
}

const placed = new WeakMap<VirtualServiceSpec, readonly Placed[]>();

/** The destinations of all routes, then of all mirrors; kept with the spec. */
export function allDestinations(spec: VirtualServiceSpec): readonly Placed[] {
  let all = placed.get(spec);
  if (all === undefined) placed.set(spec, (all = [...routeDestinations(spec), ...mirrorDestinations(spec)]));
  return all;
}
