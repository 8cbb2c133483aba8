import { refuse } from '../base/result.ts';
import { resolveHost } from '../istio/index.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import type { JsonObject } from '../yaml/types.ts';
import { planAddResource } from './add-resource.ts';
import { isList, valueAt } from '../yaml/model.ts';
import { planEdits, selectingInsert } from './plan-edit.ts';
import { resourceTarget } from './target.ts';
import type { GestureOf } from './types.ts';

/**
 * One more subset of a host: pods whose `version` label is its name. It goes to the end of the host's DestinationRule, or into a new one
 * where the host has none. Refuses a subset that is there already.
 */
export function planAddSubset(projection: Projection, gesture: GestureOf<'addSubset'>): PlanResult {
  const { name } = gesture;
  const service =
    projection.mesh.services.get(gesture.host) ?? projection.mesh.services.get(resolveHost(gesture.host, 'default'));
  if (name.trim() === '') return refuse('BAD_NAME', 'A subset needs a name.');
  if (service?.subsets.some((subset) => subset.name === name && !subset.missing)) {
    return refuse('THERE_ALREADY', `${service.name} has a subset ${name} already.`, { remedy: 'Choose another name.' });
  }
  const [rule] = service?.destinationRules ?? [];
  if (rule === undefined) {
    const base = { kind: 'addResource', resourceKind: 'DestinationRule', host: gesture.host } as const;
    return planAddResource(projection, base, [name]);
  }
  const found = resourceTarget(projection, rule);
  if (found.kind === 'refused') return found;
  const { slot, ref, value } = found.value;
  const path = [...ref.path, 'spec', 'subsets'];
  const subsets = valueAt(value, ['spec', 'subsets']);
  const subset: JsonObject = { name, labels: { version: name } };
  const ops =
    isList(subsets) && subsets.length > 0
      ? ([{ kind: 'insert', path: [...path, subsets.length], value: subset }] as const)
      : ([{ kind: 'set', path, value: [subset] }] as const);
  return selectingInsert(planEdits('Add subset', [{ slot, ops }]));
}
