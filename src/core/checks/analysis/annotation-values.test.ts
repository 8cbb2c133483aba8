import { describe, expect, it } from 'vitest';
import { annotationTakes } from './annotation-values.ts';

describe('values of annotations', () => {
  it.each([
    ['sidecar.istio.io/interceptionMode', ['REDIRECT', 'NONE'], ['redirect', '']],
    ['status.sidecar.istio.io/port', ['0', ' 15020 '], ['', '70000', 'http']],
    ['readiness.status.sidecar.istio.io/periodSeconds', ['10'], ['-1', '1.5', ' 1']],
    [
      'traffic.sidecar.istio.io/includeOutboundIPRanges',
      ['*', '', '10.0.0.0/8,fd00::/8'],
      ['10.0.0.0', '10.0.0.0/8, 11.0.0.0/8'],
    ],
    ['traffic.sidecar.istio.io/excludeOutboundIPRanges', ['10.0.0.0/8'], ['*']],
    ['traffic.sidecar.istio.io/includeInboundPorts', ['*', '', '80, 443'], ['80,', 'http']],
    ['traffic.sidecar.istio.io/excludeInterfaces', ['', 'eth0, net-1'], ['0eth', 'abcdefghijklmnop', 'a,']],
    ['prometheus.istio.io/merge-metrics', ['true', 'F'], ['yes']],
    ['sidecar.istio.io/proxyCPU', ['100m', '1.5', '2e3', '128Mi'], ['much', '1 Gi', '']],
    ['proxy.istio.io/config', ['anything'], []],
  ])('of %s', (name, good, bad) => {
    expect(good.map((value) => annotationTakes(name, value))).toEqual(good.map(() => undefined));
    expect(bad.filter((value) => annotationTakes(name, value) === undefined)).toEqual([]);
  });
});
