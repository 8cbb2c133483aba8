import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { readDocument } from '../../yaml/index.ts';
import { buildDestinationRules, pickRule, rulesForService } from './destination-rules.ts';
import type { DestinationRule, Service } from './model.ts';
import { policyForPort, policyForSubset } from './policy.ts';

const reviews: Service = {
  hostname: 'reviews.default.svc.cluster.local',
  name: 'reviews',
  namespace: 'default',
  created: '',
  kubernetes: true,
  external: false,
  resolution: 'static',
  address: '10.0.0.1',
  ports: [],
  exportTo: ['*'],
  trafficDistribution: '',
  labels: {},
  selector: undefined,
  externalName: '',
  aliases: [],
  assumed: false,
};

interface Written {
  readonly name: string;
  readonly namespace?: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

function found(
  client: string,
  labels: Readonly<Record<string, string>>,
  ...rules: readonly Written[]
): DestinationRule | undefined {
  const texts = rules.map(({ name, namespace = 'default', spec }) =>
    JSON.stringify({
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name, namespace },
      spec,
    }),
  );
  const resources = assignIds(
    texts.flatMap((text, i) => readResources(fileId('a'), slotId(`a#${i}`), readDocument(text))),
  );
  return pickRule(rulesForService(buildDestinationRules(resources), client, reviews), client, labels);
}
const subset = (...names: readonly string[]): readonly unknown[] =>
  names.map((name) => ({ name, labels: { version: name } }));
const names = (rule: DestinationRule | undefined): readonly string[] | undefined => rule?.subsets.map((s) => s.name);

describe('the DestinationRule of a service', () => {
  it('[G-90] is not one of a third namespace', () => {
    expect(found('default', {}, { name: 'a', namespace: 'other', spec: { host: reviews.hostname } })).toBeUndefined();
  });
  it("[G-91] is the caller's wildcard rather than the service's exact one", () => {
    const rules = [
      { name: 'own', spec: { host: 'reviews' } },
      { name: 'wide', namespace: 'prod', spec: { host: '*.local' } },
    ];
    expect(found('prod', {}, ...rules)?.name).toBe('wide');
    expect(found('default', {}, ...rules)?.name).toBe('own');
  });
  it('[G-92] has a short host of its own namespace', () => {
    expect(found('prod', {}, { name: 'a', namespace: 'prod', spec: { host: 'reviews' } })).toBeUndefined();
  });
  it('[R-813] joined: all subsets, the first of each name, the policy of the oldest that has one', () => {
    const rule = found(
      'default',
      {},
      { name: 'b', spec: { host: 'reviews', trafficPolicy: { loadBalancer: {} }, subsets: subset('v1', 'v2') } },
      { name: 'a', spec: { host: reviews.hostname, subsets: subset('v1') } },
    );
    expect([rule?.name, names(rule), rule?.policy]).toEqual(['a', ['v1', 'v2'], { loadBalancer: {} }]);
  });
  it('[G-94] with different exportTo they are not joined and the newest wins', () => {
    const rule = found(
      'default',
      {},
      { name: 'a', spec: { host: 'reviews', exportTo: ['*'], subsets: subset('v1') } },
      { name: 'b', spec: { host: 'reviews', exportTo: ['default'], subsets: subset('v2') } },
    );
    expect(names(rule)).toEqual(['v2']);
  });
  it('[R-806] with a selector counts for the pods that it chooses', () => {
    const rules = [
      { name: 'some', spec: { host: 'reviews', workloadSelector: { matchLabels: { app: 'sleep' } } } },
      { name: 'all', spec: { host: 'reviews' } },
    ];
    expect(found('default', { app: 'sleep' }, ...rules)?.name).toBe('some');
    expect(found('default', { app: 'web' }, ...rules)?.name).toBe('all');
  });
  it('[R-814] with exportTo dot it is swallowed by one with a selector', () => {
    const rules = [
      { name: 'some', spec: { host: 'reviews', workloadSelector: { matchLabels: { app: 'sleep' } } } },
      { name: 'all', spec: { host: 'reviews', exportTo: ['.'] } },
    ];
    expect(found('default', { app: 'web' }, ...rules)).toBeUndefined();
  });
});

describe('the policy of a port and a subset', () => {
  const policy = {
    loadBalancer: { simple: 'RANDOM' },
    outlierDetection: {},
    portLevelSettings: [{ port: { number: 80 }, tls: { mode: 'SIMPLE' } }],
  };
  it('[G-95] a port of its own keeps nothing of the rest', () => {
    expect(policyForPort(policy, 80)).toEqual({ tls: { mode: 'SIMPLE' } });
    expect(policyForPort(policy, 81).loadBalancer).toEqual({ simple: 'RANDOM' });
  });
  it('[G-96] a block of a subset takes the place of the block, an entry for the port that of all', () => {
    const base = policyForPort(policy, 81);
    expect(policyForSubset(base, { loadBalancer: { simple: 'ROUND_ROBIN' } }, 81)).toMatchObject({
      loadBalancer: { simple: 'ROUND_ROBIN' },
      outlierDetection: {},
    });
    expect(policyForSubset(base, { portLevelSettings: [{ port: { number: 81 } }] }, 81).loadBalancer).toBeUndefined();
  });
});
