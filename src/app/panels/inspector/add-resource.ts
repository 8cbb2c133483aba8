import { actions } from '../../state/index.ts';
import type { AddableKind } from './addable.ts';

/** Adds a new object of the kind with a free name, selected. */
export function addResource(resourceKind: AddableKind): void {
  actions.startEditing();
  void actions.gesture({ kind: 'addResource', resourceKind }, 'panel');
}
