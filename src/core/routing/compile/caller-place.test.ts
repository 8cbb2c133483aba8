import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { assignIds, readResources } from '../../istio/index.ts';
import { readDocument } from '../../yaml/index.ts';
import { createEngine } from '../index.ts';
import type { Proxy } from '../index.ts';

const CALLER: Proxy = { type: 'sidecar', namespace: 'a', labels: { app: 'x' } };

function deployment(name: string, labels: Readonly<Record<string, string>>, pod = {}): string {
  const template = { metadata: { labels: { app: 'x', ...labels } }, spec: pod };
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'a' },
    spec: { template },
  });
}

function placeOf(texts: readonly string[], proxy = CALLER, asRecorded = false): readonly [string, string] {
  const resources = texts.flatMap((text, n) => readResources(fileId('a.yaml'), slotId(`s#${n}`), readDocument(text)));
  const { place } = createEngine(assignIds(resources), { asRecorded }).compiled(proxy);
  return [place.known, Object.values(place.locality).join('/')];
}

describe("a caller's place", () => {
  const eu = deployment('one', { 'istio-locality': 'eu.a' });
  const us = deployment('two', { 'istio-locality': 'us.a' });
  it('is that of the workloads that have its labels, if they are in one', () => {
    expect(placeOf([eu])).toEqual(['workloads', 'eu/a/']);
    expect(placeOf([eu, eu.replace('one', 'more')])).toEqual(['workloads', 'eu/a/']);
    expect(placeOf([eu, us])).toEqual(['several', '//']);
    expect(placeOf([eu, deployment('two', {})])).toEqual(['several', '//']);
    expect(placeOf([])).toEqual(['unknown', '//']);
  });
  it('is what its own labels say before all', () => {
    const labels = { app: 'x', 'istio-locality': 'asia/b/2' };
    expect(placeOf([eu], { ...CALLER, labels })).toEqual(['labels', 'asia/b/2']);
    expect(placeOf([eu], { ...CALLER, locality: 'asia' })).toEqual(['told', 'asia//']);
  });
  it('is guessed for nobody without labels, in no other namespace, and not for recordings', () => {
    expect(placeOf([eu], { type: 'sidecar', namespace: 'a' })).toEqual(['unknown', '//']);
    expect(placeOf([eu], { ...CALLER, namespace: 'b' })).toEqual(['unknown', '//']);
    expect(placeOf([eu], CALLER, true)).toEqual(['unknown', '//']);
  });
  it('follows from the Nodes that a nodeSelector leaves, from a Node, and from a WorkloadEntry', () => {
    const nodeSelector = { 'topology.kubernetes.io/region': 'eu', 'topology.kubernetes.io/zone': 'b' };
    expect(placeOf([deployment('one', {}, { nodeSelector })])).toEqual(['workloads', 'eu/b/']);
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels: nodeSelector } };
    expect(placeOf([deployment('one', {}, { nodeName: 'n' }), JSON.stringify(node)])).toEqual(['workloads', 'eu/b/']);
    const entry = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'WorkloadEntry',
      metadata: { name: 'vm', namespace: 'a' },
      spec: { address: '1.1.1.1', labels: { app: 'x' }, locality: 'eu/c' },
    };
    expect(placeOf([JSON.stringify(entry)])).toEqual(['workloads', 'eu/c/']);
  });
});
