import { isVirtualService } from '../../istio/index.ts';
import type { AnyResource, VirtualService } from '../../istio/index.ts';
import { joinMatches } from '../../routing/compile/delegate-match.ts';
import type { HttpRule } from '../../routing/compile/model.ts';
import { translateMatch } from '../../routing/compile/route-match.ts';
import { readVirtualService } from '../../routing/compile/virtual-service.ts';
import { stringAt } from '../../routing/compile/read.ts';
import { doorsOf } from './doors.ts';
import type { Say } from './types.ts';
import type { View } from './view.ts';

const isVisibleTo = (vs: ReturnType<typeof readVirtualService>, namespace: string): boolean =>
  vs.exportTo.includes('*') || vs.exportTo.includes(namespace);

interface Naming {
  readonly view: View;
  readonly root: VirtualService;
  readonly rule: HttpRule;
  readonly say: Say;
}

function left(naming: Naming, why: string, remedy: string): void {
  const { view, root, rule, say } = naming;
  const [door] = doorsOf(view, root);
  const request = door?.request(translateMatch(rule.match[0]));
  if (door === undefined || request === undefined) return;
  say({
    code: 'MW-DELEGATE-MISSING',
    resource: root.id,
    path: [...rule.ref.path, 'delegate'],
    message: `This rule is left out: ${why}.`,
    remedy,
    proxy: door.caller.proxy,
    request,
    claim: { notRule: rule.ref },
  });
}

function contradictions(naming: Naming, leafs: readonly HttpRule[], name: string): void {
  const { view, root, rule, say } = naming;
  const [door] = doorsOf(view, root);
  if (door === undefined) return;
  for (const leaf of leafs) {
    if (joinMatches(rule.match, leaf.match) !== undefined) continue;
    const request = door.request(translateMatch(leaf.match[0]));
    if (request === undefined) continue;
    say({
      code: 'MW-DELEGATE-DROPPED',
      resource: leaf.ref.resource,
      path: leaf.ref.path,
      message: `This rule is left out where ${root.id} names ${name}: its match and that of rule ${Number(rule.ref.path[2]) + 1} there contradict each other.`,
      remedy:
        "Let each match here lie within one of the root's: the same kind of uri, the longer prefix here, and no condition twice.",
      proxy: door.caller.proxy,
      request,
      claim: { notRule: leaf.ref },
    });
  }
}

/** Rules that istiod leaves out since their delegate is not there, or contradicts them. */
export function delegates(view: View, say: Say): void {
  for (const root of view.virtualServices) {
    if (root.spec.http?.some(({ delegate }) => delegate !== undefined) !== true || !root.spec.hosts?.length) continue;
    const resource = view.mesh.byId.get(root.id);
    if (resource === undefined) continue;
    for (const rule of readVirtualService(resource).http) {
      if (rule.delegate === undefined) continue;
      const namespace = stringAt(rule.delegate, 'namespace') || root.namespace;
      const name = `${namespace}/${stringAt(rule.delegate, 'name')}`;
      const naming: Naming = { view, root, rule, say };
      const found = (view.mesh.byKind.get('VirtualService') ?? []).find(
        (one) => one.namespace === namespace && `${namespace}/${one.name}` === name,
      );
      const any: AnyResource | undefined = found;
      if (found === undefined || any === undefined || !isVirtualService(any)) {
        if (view.complete && !view.said(root.id, [...rule.ref.path, 'delegate', 'name'], /^REF-DELEGATE$/))
          left(naming, `there is no VirtualService ${name}`, 'Add it, or name another one.');
        continue;
      }
      const delegate = readVirtualService(found);
      if (delegate.hosts.length > 0)
        left(naming, `${name} has hosts, so it is no delegate`, 'Take hosts and gateways away there.');
      else if (!isVisibleTo(delegate, root.namespace))
        left(naming, `${name} is not exported to ${root.namespace}`, `Add ${root.namespace} to its exportTo.`);
      else contradictions(naming, delegate.http, name);
    }
  }
}
