import type { AnyResource } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';

const FORBIDDEN = [
  ['V-META-001', 'istio.io/dry-run', 'works on an AuthorizationPolicy only'],
  ['V-META-003', 'internal.istio.io/webhook-always-reject', 'makes Istio refuse the object'],
  ['V-META-004', 'internal.istio.io/parent-namespace', 'is Istio’s own'],
  ['V-META-005', 'internal.istio.io/parents', 'is Istio’s own'],
] as const;

/** The first annotation that no user may set. Source: validateMetadata. */
export function metadataFault(
  resource: AnyResource,
): { readonly rule: string; readonly path: YamlPath; readonly message: string } | undefined {
  const found = FORBIDDEN.find(([, name]) => Object.hasOwn(resource.annotations, name));
  if (found === undefined) return undefined;
  const [rule, name, why] = found;
  return { rule, path: ['metadata', 'annotations', name], message: `The annotation ${name} ${why}.` };
}
