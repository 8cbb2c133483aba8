import { refuse } from '../base/result.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import type { YamlOp } from '../yaml/types.ts';
import { planEdits } from './plan-edit.ts';
import { goesTo, hostAsWritten, routeItem, ruleOf, weightOf } from './rule.ts';
import type { Rule } from './rule.ts';
import type { GestureOf } from './types.ts';

/**
 * One more destination for a rule, behind the others. Without a weight it gets 0: nothing of the traffic moves until somebody gives it
 * a share. A rule's only destination gets all requests whatever its weight says; so that this stays true beside a second one, it
 * is given a weight where it has none or 0: what the new one leaves of 100. A rule without destinations gets its first, without a weight.
 * Refuses rules that redirect or answer by themselves, and a destination that is there already.
 */
export function planAddDestination(
  projection: Projection,
  gesture: Omit<GestureOf<'addDestination'>, 'kind'>,
  label = 'Add destination',
): PlanResult {
  const found = ruleOf(projection, gesture.rule);
  if (found.kind === 'refused') return found;
  const rule = found.value;
  const { slot, ref, destinations } = rule;
  const objection = objectionTo(rule, gesture);
  if (objection !== undefined) return objection;
  const host = hostAsWritten(gesture.host, rule);
  const route = [...ref.path, 'route'];
  if (destinations.length === 0) {
    const value = [routeItem(host, gesture.subset, undefined)];
    return planEdits(label, [{ slot, ops: [{ kind: 'set', path: route, value }] }]);
  }
  const weight = gesture.weight ?? 0;
  const ops: YamlOp[] = [];
  const only = destinations.length === 1 ? (weightOf(destinations[0]) ?? 0) : undefined;
  if (only === 0) ops.push({ kind: 'set', path: [...route, 0, 'weight'], value: Math.max(100 - weight, 0) });
  const value = routeItem(host, gesture.subset, weight);
  ops.push({ kind: 'insert', path: [...route, destinations.length], value });
  const unheard = { code: 'NO_SHARE_YET', message: 'The new destination gets no requests until it has a share.' };
  return planEdits(label, [{ slot, ops }], weight === 0 ? { notes: [unheard] } : {});
}

function objectionTo(rule: Rule, { host, subset, weight }: Omit<GestureOf<'addDestination'>, 'kind' | 'rule'>) {
  for (const field of ['redirect', 'directResponse', 'delegate']) {
    if (rule.rule[field] !== undefined) {
      return refuse('EXCLUSIVE', `This rule has a ${field}: it can’t have destinations as well.`, {
        remedy: `Remove its ${field} first, or add another rule.`,
      });
    }
  }
  if (rule.destinations.some((item) => goesTo(item, host, subset, rule))) {
    return refuse('THERE_ALREADY', 'The rule goes there already.', { remedy: 'Change its share instead.' });
  }
  if (weight !== undefined && (!Number.isInteger(weight) || weight < 0)) {
    return refuse('SHARE_RANGE', 'A weight is a whole number from 0.');
  }
  return undefined;
}
