import { joinMatches, joinNames } from './delegate-match.ts';
import { keepLast, keepMap, keepPer } from '../../base/keep.ts';
import type { HttpRule, VirtualService } from './model.ts';
import { stringAt } from './read.ts';
import { factsOf } from './virtual-service.ts';

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

/** A root with the rules of its delegates, which are given in the order in which its rules name them. */
const joined = keepPer(
  (root: VirtualService, ...delegates: readonly (VirtualService | undefined)[]): VirtualService => {
    let next = 0;
    const http = root.http.flatMap((rule) => {
      if (rule.delegate === undefined) return [rule];
      return delegates[next++]?.http.flatMap((leaf) => joinRule(rule, leaf) ?? []) ?? [];
    });
    return { ...root, http, ...factsOf({ ...root, http }) };
  },
);

/** Whom each rule of a VirtualService that names a delegate names: `namespace/name`. None for a delegate. */
interface Naming {
  readonly vs: VirtualService;
  readonly root: boolean;
  readonly names: readonly string[];
}

function namingOf(vs: VirtualService): Naming {
  const names = vs.http.flatMap(({ delegate }) =>
    delegate === undefined ? [] : [`${stringAt(delegate, 'namespace') || vs.namespace}/${stringAt(delegate, 'name')}`],
  );
  return { vs, root: vs.hosts.length > 0, names };
}

/**
 * Puts the rules of delegates in the place of the rules that name them, edit after edit (istiod: `mergeVirtualServices`). A delegate is a
 * VirtualService without hosts; one that is missing, hidden or has hosts takes only its rule away. A delegate's own delegates are not
 * followed, so circles can't happen.
 */
export function delegateJoiner(): (services: readonly VirtualService[]) => readonly VirtualService[] {
  const namings = keepMap(namingOf);
  return keepLast((services) => {
    const all = namings(services);
    const delegates = new Map<string, VirtualService>();
    for (const { vs, root } of all) if (!root) delegates.set(`${vs.namespace}/${vs.name}`, vs);
    const out: VirtualService[] = [];
    for (const { vs, root, names } of all) {
      if (!root) continue;
      const found = names.map((name) => {
        const delegate = delegates.get(name);
        const open = delegate?.exportTo.includes('*') === true || delegate?.exportTo.includes(vs.namespace) === true;
        return open ? delegate : undefined;
      });
      out.push(names.length === 0 ? vs : joined(vs, ...found));
    }
    return out;
  });
}
