import { refuse } from '../base/result.ts';
import type { GesturePlan, PlanResult, Projection } from '../workspace/types.ts';
import { planEdits } from './plan-edit.ts';
import { ruleOf, weightOf } from './rule.ts';
import type { GestureOf } from './types.ts';

/**
 * Takes a destination out of a rule. The others keep what is written: where one is left its weight stays too, since Istio gives an only
 * destination everything and does not look at it. Refuses the last destination (a rule must go somewhere) and leaving several
 * whose weights are all 0, which Istio refuses.
 */
export function planRemoveDestination(projection: Projection, gesture: GestureOf<'removeDestination'>): PlanResult {
  const { path } = gesture.destination;
  const found = ruleOf(projection, gesture.destination);
  if (found.kind === 'refused') return found;
  const { slot, ref, destinations } = found.value;
  const index = path[ref.path.length + 1];
  if (path[ref.path.length] !== 'route' || typeof index !== 'number' || index >= destinations.length) {
    return refuse('GONE', 'The destination is no longer there.', { remedy: 'Select it again.' });
  }
  if (destinations.length === 1) {
    return refuse('LAST_DESTINATION', 'This is the rule’s only destination, and a rule must go somewhere.', {
      remedy: 'Remove the rule, or connect it to something else.',
    });
  }
  const left = destinations.filter((_, other) => other !== index).map((item) => weightOf(item) ?? 0);
  if (left.length > 1 && left.every((weight) => weight === 0)) {
    return refuse('SHARE_SUM', 'The other destinations’ shares are all 0, and somebody must get the requests.', {
      remedy: 'Give one of them a share first.',
    });
  }
  const [only] = left;
  const notes: GesturePlan['notes'] =
    left.length === 1 && only !== 100
      ? [{ code: 'GETS_ALL', message: 'The destination that is left gets all requests, whatever its weight says.' }]
      : [];
  const ops = [{ kind: 'remove', path: [...ref.path, 'route', index] }] as const;
  return planEdits('Remove destination', [{ slot, ops }], { notes });
}
