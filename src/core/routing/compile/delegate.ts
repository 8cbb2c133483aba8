import { joinMatches, joinNames } from './delegate-match.ts';
import type { HttpRule, VirtualService } from './model.ts';
import { stringAt } from './read.ts';

function joinRule(root: HttpRule, leaf: HttpRule): HttpRule | undefined {
  const match = joinMatches(root.match, leaf.match);
  if (match === undefined) return undefined;
  return {
    ...leaf,
    root: root.ref,
    name: joinNames(root.name, leaf.name),
    match,
    rewrite: leaf.rewrite ?? root.rewrite,
    directResponse: leaf.directResponse ?? root.directResponse,
    timeoutMs: leaf.timeoutMs ?? root.timeoutMs,
    retries: leaf.retries ?? root.retries,
    fault: leaf.fault ?? root.fault,
    mirror: leaf.mirror ?? root.mirror,
    mirrorPercent: leaf.mirrorPercent ?? root.mirrorPercent,
    mirrorPercentage: leaf.mirrorPercentage ?? root.mirrorPercentage,
    mirrors: leaf.mirrors ?? root.mirrors,
    cors: leaf.cors ?? root.cors,
    headers: leaf.headers ?? root.headers,
  };
}

/**
 * Puts the rules of delegates in the place of the rules that name them (istiod: `mergeVirtualServices`). A delegate is a
 * VirtualService without hosts; one that is missing, hidden or has hosts takes only its rule away. A delegate's own delegates are not
 * followed, so circles can't happen.
 */
export function withDelegates(services: readonly VirtualService[]): readonly VirtualService[] {
  const delegates = new Map(
    services.filter((vs) => vs.hosts.length === 0).map((vs) => [`${vs.namespace}/${vs.name}`, vs]),
  );
  const roots = services.filter((vs) => vs.hosts.length > 0);
  return roots.map((root) => {
    if (root.http.every((rule) => rule.delegate === undefined)) return root;
    const http = root.http.flatMap((rule) => {
      if (rule.delegate === undefined) return [rule];
      const delegate = delegates.get(
        `${stringAt(rule.delegate, 'namespace') || root.namespace}/${stringAt(rule.delegate, 'name')}`,
      );
      if (delegate === undefined || !(delegate.exportTo.includes('*') || delegate.exportTo.includes(root.namespace)))
        return [];
      return delegate.http.flatMap((leaf) => joinRule(rule, leaf) ?? []);
    });
    return { ...root, http };
  });
}
