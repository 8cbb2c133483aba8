import { describe, expect, it } from 'vitest';
import { fileId, slotId } from '../../base/ids.ts';
import { readResources } from '../../istio/index.ts';
import { entryAt, readDocument } from '../../yaml/index.ts';
import { documentOf, RULE_CASES } from '../testing/rule-cases.ts';
import { webhookFaults } from './index.ts';

const faultsOf = (text: string) => {
  const document = readDocument(text);
  const [resource] = readResources(fileId('f'), slotId('s'), document);
  return { document, faults: resource === undefined ? [] : webhookFaults(resource) };
};

describe('the webhook’s rules, one broken document each', () => {
  it.each(RULE_CASES.map((ruleCase) => [ruleCase[0], ruleCase[1], ruleCase] as const))(
    '[%s] is found on a %s',
    (_rule, _kind, ruleCase) => {
      const { document, faults } = faultsOf(documentOf(ruleCase));
      const found = faults.filter(({ rule }) => rule === ruleCase[0]);
      expect(faults.map(({ rule }) => rule)).toContain(ruleCase[0]);
      for (const { path, message } of found) {
        expect(message).toMatch(/\.$|:/);
        // The place, or for what is missing the place that should hold it, is in the text.
        expect(entryAt(document, path) ?? entryAt(document, path.slice(0, -1))).toBeDefined();
      }
    },
  );

  it('judges each case once for each resource', () => {
    const [first] = RULE_CASES;
    const document = readDocument(first === undefined ? '' : documentOf(first));
    const [resource] = readResources(fileId('f'), slotId('s'), document);
    if (resource === undefined) throw new Error('The case holds no resource.');
    expect(webhookFaults(resource)).toBe(webhookFaults(resource));
  });

  it('lets a whole VirtualService and DestinationRule pass', () => {
    const good = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: default}
spec:
  hosts: [reviews]
  http:
  - match: [{uri: {prefix: /a}, headers: {end-user: {exact: jason}}, withoutHeaders: {x: {regex: '*'}}}]
    route: [{destination: {host: reviews, subset: v2}, weight: 1}, {destination: {host: reviews, subset: v1}, weight: 0}]
    retries: {attempts: 3, perTryTimeout: 2s, retryOn: '5xx,503,reset'}
    timeout: 1.5s
    headers: {request: {set: {x: '%REQ(x)% 100%%'}}}
  - route: [{destination: {host: reviews}}]
`;
    expect(faultsOf(good).faults).toEqual([]);
  });

  it('marks what Istio finds and drops as lost', () => {
    const { faults } = faultsOf(
      documentOf([
        '',
        'VirtualService',
        'hosts: [a.com], http: [{route: [{destination: {host: a.com}}], fault: {abort: {}}}]',
      ]),
    );
    expect(faults).toMatchObject([{ rule: 'V-VS-085', lost: true }]);
  });
});
