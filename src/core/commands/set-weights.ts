import { refuse } from '../base/result.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import type { YamlOp } from '../yaml/types.ts';
import { planEdits } from './plan-edit.ts';
import { ruleOf, weightOf } from './rule.ts';
import type { GestureOf } from './types.ts';

/**
 * New weights for a rule's destinations. Only weights that differ are written; a destination without one gets one, unless it is to have
 * 0, which is what Istio takes it for. Refuses another number of weights, what is no int32 from 0, and a sum of 0 (V-VS-144).
 */
export function planSetWeights(projection: Projection, gesture: GestureOf<'setWeights'>): PlanResult {
  const found = ruleOf(projection, gesture.rule);
  if (found.kind === 'refused') return found;
  const { slot, ref, destinations } = found.value;
  const { weights } = gesture;
  if (weights.length !== destinations.length) {
    return refuse(
      'SHARE_COUNT',
      `The rule has ${destinations.length} destinations, and ${weights.length} weights came.`,
    );
  }
  if (weights.some((weight) => !Number.isInteger(weight) || weight < 0 || weight > 2 ** 31 - 1)) {
    return refuse('SHARE_RANGE', 'A weight is a whole number from 0.', {
      remedy: 'Write whole numbers, for example 90/10.',
    });
  }
  if (weights.length > 1 && weights.every((weight) => weight === 0)) {
    return refuse('SHARE_SUM', 'Somebody must get the requests: the shares are all 0.');
  }
  const ops: YamlOp[] = [];
  weights.forEach((weight, index) => {
    const written = weightOf(destinations[index]);
    if (written === weight || (written === undefined && weight === 0)) return;
    ops.push({ kind: 'set', path: [...ref.path, 'route', index, 'weight'], value: weight });
  });
  return planEdits('Change shares', [{ slot, ops }]);
}
