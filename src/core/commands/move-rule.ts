import { refuse } from '../base/result.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import { isList, valueAt } from '../yaml/model.ts';
import { planEdits } from './plan-edit.ts';
import { ruleOf } from './rule.ts';
import type { Rule } from './rule.ts';
import type { GestureOf } from './types.ts';

/** Moves a rule so that it ends at place `to` among those of its protocol (from 0). Refuses a place that is not there. */
export function planMoveRule(projection: Projection, gesture: GestureOf<'moveRule'>): PlanResult {
  const found = ruleOf(projection, gesture.rule);
  if (found.kind === 'refused') return found;
  const { slot, ref, index } = found.value;
  const count = rulesBeside(found.value).length;
  const { to } = gesture;
  if (!Number.isInteger(to) || to < 0 || to >= count) {
    return refuse('NO_PLACE', `The rule can go to places 1 to ${count}, not to ${to + 1}.`);
  }
  const ops = to === index ? [] : ([{ kind: 'move', path: ref.path, to }] as const);
  return planEdits('Move rule', [{ slot, ops }]);
}

/**
 * Takes a rule away, and its whole list with it when it was the only one and the VirtualService has other lists. Refuses the very last
 * rule: Istio takes no VirtualService without one.
 */
export function planRemoveRule(projection: Projection, gesture: GestureOf<'removeRule'>): PlanResult {
  const found = ruleOf(projection, gesture.rule);
  if (found.kind === 'refused') return found;
  const { slot, ref, protocol } = found.value;
  if (rulesBeside(found.value).length > 1) {
    return planEdits('Remove rule', [{ slot, ops: [{ kind: 'remove', path: ref.path }] }]);
  }
  const spec = valueAt(slot.document.value, ref.path.slice(0, -2));
  const others = (['http', 'tls', 'tcp'] as const).some((other) => {
    const list = other === protocol ? undefined : valueAt(spec, [other]);
    return isList(list) && list.length > 0;
  });
  if (!others) {
    return refuse('LAST_RULE', 'This is the only rule, and Istio takes no VirtualService without one.', {
      remedy: 'Delete the VirtualService, or change this rule.',
    });
  }
  return planEdits('Remove rule', [{ slot, ops: [{ kind: 'remove', path: ref.path.slice(0, -1) }] }]);
}

function rulesBeside({ slot, ref }: Rule) {
  const list = valueAt(slot.document.value, ref.path.slice(0, -1));
  return isList(list) ? list : [];
}
