import type { AnyResource } from '../../istio/index.ts';
import type { YamlPath } from '../../yaml/types.ts';

const DRY_RUN = 'istio.io/dry-run';
const FORBIDDEN = [
  ['V-META-001', DRY_RUN, 'works on an AuthorizationPolicy only'],
  ['V-META-003', 'internal.istio.io/webhook-always-reject', 'makes Istio refuse the object'],
  ['V-META-004', 'internal.istio.io/parent-namespace', 'is Istio’s own'],
  ['V-META-005', 'internal.istio.io/parents', 'is Istio’s own'],
] as const;

/** What Go's strconv.ParseBool reads. */
const GO_BOOL = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** The rule that the annotation for dry runs breaks on an AuthorizationPolicy. Source: checkDryRunAnnotation. */
function dryRunFault({ annotations, spec }: AnyResource): string | undefined {
  const action = String((spec as { readonly action?: unknown }).action ?? 'ALLOW');
  if (!['ALLOW', 'DENY', '0', '1'].includes(action)) return `The annotation ${DRY_RUN} works with ALLOW and DENY only.`;
  return GO_BOOL.test(annotations[DRY_RUN] ?? '') ? undefined : `The annotation ${DRY_RUN} is true or false.`;
}

/** The first annotation that no user may set so. Source: validateMetadata. */
export function metadataFault(
  resource: AnyResource,
): { readonly rule: string; readonly path: YamlPath; readonly message: string } | undefined {
  const mayDryRun = resource.kind === 'AuthorizationPolicy' && Object.hasOwn(resource.annotations, DRY_RUN);
  const dryRun = mayDryRun ? dryRunFault(resource) : undefined;
  if (dryRun !== undefined) return { rule: 'V-META-002', path: ['metadata', 'annotations', DRY_RUN], message: dryRun };
  const found = FORBIDDEN.find(
    ([, name]) => Object.hasOwn(resource.annotations, name) && !(mayDryRun && name === DRY_RUN),
  );
  if (found === undefined) return undefined;
  const [rule, name, why] = found;
  return { rule, path: ['metadata', 'annotations', name], message: `The annotation ${name} ${why}.` };
}
