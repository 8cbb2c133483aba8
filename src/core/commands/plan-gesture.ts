import { unreachable } from '../base/result.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import { planAddDestination } from './add-destination.ts';
import { planAddResource } from './add-resource.ts';
import { planAddRule } from './add-rule.ts';
import { planAddSubset } from './add-subset.ts';
import { planConnect } from './connect.ts';
import { planKeepRequest } from './keep-request.ts';
import { planMoveRule, planRemoveRule } from './move-rule.ts';
import { planRemoveDestination } from './remove-destination.ts';
import { planRenameResource } from './rename-resource.ts';
import { planRemoveField, planSetField } from './set-field.ts';
import { planSetWeights } from './set-weights.ts';
import type { Gesture } from './types.ts';
import { planDeleteResource, planDuplicateResource } from './whole-resource.ts';

/**
 * What a gesture does to the text: the fewest characters that say it, verified by reading the result again. Nothing is changed here; the
 * caller hands the plan to `transact` as one step. Refuses what can't be done, with the reason and a way out; always documents that are
 * read-only, templates, or broken as they stand.
 */
export function planGesture(projection: Projection, gesture: Gesture): PlanResult {
  switch (gesture.kind) {
    case 'setWeights':
      return planSetWeights(projection, gesture);
    case 'addDestination':
      return planAddDestination(projection, gesture);
    case 'removeDestination':
      return planRemoveDestination(projection, gesture);
    case 'connect':
      return planConnect(projection, gesture);
    case 'addRule':
      return planAddRule(projection, gesture);
    case 'moveRule':
      return planMoveRule(projection, gesture);
    case 'removeRule':
      return planRemoveRule(projection, gesture);
    case 'renameResource':
      return planRenameResource(projection, gesture);
    case 'deleteResource':
      return planDeleteResource(projection, gesture);
    case 'duplicateResource':
      return planDuplicateResource(projection, gesture);
    case 'addResource':
      return planAddResource(projection, gesture);
    case 'addSubset':
      return planAddSubset(projection, gesture);
    case 'keepRequest':
      return planKeepRequest(projection, gesture);
    case 'setField':
      return planSetField(projection, gesture);
    case 'removeField':
      return planRemoveField(projection, gesture);
    default:
      return unreachable(gesture);
  }
}
