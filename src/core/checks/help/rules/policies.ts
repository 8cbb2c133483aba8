import { filters } from '../specs.ts';
import { rules } from './rules.ts';

/** Rules of the webhook: policies and EnvoyFilters. */
export const POLICIES_RULES = rules('EnvoyFilter', [
  [
    'V-POL-001',
    'A selector and targetRefs',
    'A policy is for workloads chosen by labels, or for what it names.',
    'selector: {matchLabels: {a: b}}, targetRefs: [{kind: Service, name: a}]',
    'selector: {matchLabels: {a: b}}',
    { kind: 'AuthorizationPolicy' },
  ],
  [
    'V-POL-002',
    'A wildcard in a selector',
    'Labels are compared as they stand; there are no wildcards and no empty keys.',
    "selector: {matchLabels: {a: '*'}}",
    'selector: {matchLabels: {a: b}}',
    { kind: 'AuthorizationPolicy' },
  ],
  [
    'V-POL-003',
    'A selector without labels',
    'It takes every workload of the namespace, as no selector does.',
    'selector: {}',
    'selector: {matchLabels: {a: b}}',
    { kind: 'AuthorizationPolicy' },
  ],
  [
    'V-EF-000',
    'An EnvoyFilter',
    'It changes what istiod sends to proxies, after the fact and without a check. What it matches can change with each version of Istio.',
  ],
  [
    'V-EF-001',
    'A patch of nothing',
    'applyTo says what is patched.',
    filters('patch: {operation: MERGE, value: {}}'),
    filters('applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 5s}}'),
  ],
  [
    'V-EF-002',
    'A patch that does nothing',
    'patch says what is done to what was matched.',
    filters('applyTo: CLUSTER'),
    filters('applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 5s}}'),
  ],
  [
    'V-EF-003',
    'A patch without its operation',
    'It is added, merged, replaced or removed.',
    filters('applyTo: CLUSTER, patch: {value: {}}'),
    filters('applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 5s}}'),
  ],
  [
    'V-EF-004',
    'A patch without a value',
    'Everything but REMOVE needs what to put there.',
    filters('applyTo: CLUSTER, patch: {operation: MERGE}'),
    filters('applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 5s}}'),
  ],
  [
    'V-EF-005',
    'No version of a proxy',
    'proxyVersion is a regular expression of RE2.',
    filters("applyTo: CLUSTER, match: {proxy: {proxyVersion: '('}}, patch: {operation: REMOVE}"),
    filters("applyTo: CLUSTER, match: {proxy: {proxyVersion: '^1.*'}}, patch: {operation: REMOVE}"),
  ],
  [
    'V-EF-006',
    'A wildcard in a selector',
    'Labels are compared as they stand; there are no wildcards and no empty keys.',
    "workloadSelector: {labels: {a: '*'}}",
    'workloadSelector: {labels: {a: b}}',
  ],
  [
    'V-EF-007',
    'A selector without labels',
    'It takes every workload of the namespace, as no selector does.',
    'workloadSelector: {}',
    'workloadSelector: {labels: {a: b}}',
  ],
  [
    'V-EF-010',
    'A patch that matches something else',
    'Each applyTo is matched by one of listener, routeConfiguration and cluster.',
    filters('applyTo: CLUSTER, match: {listener: {}}, patch: {operation: REMOVE}'),
    filters('applyTo: CLUSTER, match: {cluster: {service: a}}, patch: {operation: REMOVE}'),
  ],
  [
    'V-EF-011',
    'A filter matched for a whole listener',
    'LISTENER and FILTER_CHAIN are matched as a whole.',
    filters('applyTo: LISTENER, match: {listener: {filterChain: {filter: {name: f}}}}, patch: {operation: REMOVE}'),
    filters('applyTo: LISTENER, match: {listener: {portNumber: 80}}, patch: {operation: REMOVE}'),
  ],
  [
    'V-EF-012',
    'A filter without a name',
    'Filters are matched by name.',
    filters(
      'applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {subFilter: {name: f}}}}}, patch: {operation: REMOVE}',
    ),
    filters('applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {name: f}}}}, patch: {operation: REMOVE}'),
  ],
  [
    'V-EF-020',
    'A field that Envoy does not know',
    'Istio leaves out what it can’t read, so the patch does less than it says, or nothing.',
    filters('applyTo: CLUSTER, patch: {operation: MERGE, value: {connectTimeouts: 5s}}'),
    filters('applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 5s}}'),
  ],
]);
