import { refuse } from '../base/result.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import type { YamlOp } from '../yaml/types.ts';
import { planAddDestination } from './add-destination.ts';
import { valueAt } from '../yaml/model.ts';
import { planEdits } from './plan-edit.ts';
import { goesTo, hostAsWritten, ruleOf } from './rule.ts';
import type { GestureOf } from './types.ts';

/**
 * Points a destination of a rule at another host or subset, writing only what differs; without `index`, adds one. Its weight, port and
 * headers stay. Refuses a destination that is gone, and one that another destination of the rule has already.
 */
export function planConnect(projection: Projection, gesture: GestureOf<'connect'>): PlanResult {
  const { index, host, subset, rule: place } = gesture;
  if (index === undefined) {
    const target = subset === undefined ? { rule: place, host } : { rule: place, host, subset };
    return planAddDestination(projection, target, 'Connect');
  }
  const found = ruleOf(projection, place);
  if (found.kind === 'refused') return found;
  const rule = found.value;
  const item = rule.destinations[index];
  if (item === undefined) return refuse('GONE', 'The destination is no longer there.', { remedy: 'Select it again.' });
  if (rule.destinations.some((other, at) => at !== index && goesTo(other, host, subset, rule))) {
    return refuse('THERE_ALREADY', 'The rule goes there already.', { remedy: 'Change its share instead.' });
  }
  const path = [...rule.ref.path, 'route', index, 'destination'];
  const ops: YamlOp[] = [];
  // The same service under another name of it is left as it is written.
  if (!goesTo(item, host, subsetOf(item), rule)) {
    ops.push({ kind: 'set', path: [...path, 'host'], value: hostAsWritten(host, rule) });
  }
  if (subset !== undefined && subsetOf(item) !== subset)
    ops.push({ kind: 'set', path: [...path, 'subset'], value: subset });
  if (subset === undefined && subsetOf(item) !== undefined) ops.push({ kind: 'remove', path: [...path, 'subset'] });
  return planEdits('Connect', [{ slot: rule.slot, ops }]);
}

function subsetOf(item: Parameters<typeof valueAt>[0]): string | undefined {
  const subset = valueAt(item, ['destination', 'subset']);
  return typeof subset === 'string' ? subset : undefined;
}
