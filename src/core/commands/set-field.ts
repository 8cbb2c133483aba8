import { refuse } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { fieldTypeAt } from '../istio/index.ts';
import type { FieldType } from '../istio/index.ts';
import type { PlanResult, Projection } from '../workspace/types.ts';
import type { Json, YamlOp, YamlPath } from '../yaml/types.ts';
import { coerce } from './coerce.ts';
import { isList, valueAt } from '../yaml/model.ts';
import { planEdits } from './plan-edit.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';
import type { GestureOf } from './types.ts';

/**
 * Gives a field a value, in the type that Istio's schema has for it; missing maps on the way are made, an index one past the end of a
 * list adds an item. Writes nothing where the value is there already. Refuses values of another type and paths through what is no map or
 * list.
 */
export function planSetField(projection: Projection, gesture: GestureOf<'setField'>): PlanResult {
  return planSet(projection, gesture.at, (type) => coerce(type, gesture.value));
}

/** As planSetField, with a value that is made for the field's type. */
export function planSet(
  projection: Projection,
  at: GestureOf<'setField'>['at'],
  valueOf: (type: FieldType | undefined) => Result<Json>,
): PlanResult {
  const found = targetOf(projection, at);
  if (found.kind === 'refused') return found;
  const value = valueOf(typeOf(found.value));
  if (value.kind === 'refused') return { ...value, message: `${fieldName(at.path)}: ${value.message}` };
  if (at.path.length === 0) return refuse('NO_FIELD', 'A whole document can’t be set.');
  const { slot, value: before } = found.value;
  const label = `Change ${fieldName(at.path)}`;
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(value.value)) return planEdits(label, []);
  const op = opFor(slot.document.value, at.path, value.value);
  return op.kind === 'refused' ? op : planEdits(label, [{ slot, ops: [op] }]);
}

/** Takes a field away: Istio then does what holds when it is absent. Refuses a field that is not there. */
export function planRemoveField(projection: Projection, gesture: GestureOf<'removeField'>): PlanResult {
  const { at } = gesture;
  const found = targetOf(projection, at);
  if (found.kind === 'refused') return found;
  if (found.value.value === undefined || at.path.length === 0) {
    return refuse('NO_FIELD', `There is no ${fieldName(at.path)} to remove.`);
  }
  return planEdits(`Remove ${fieldName(at.path)}`, [
    { slot: found.value.slot, ops: [{ kind: 'remove', path: at.path }] },
  ]);
}

function typeOf({ resource, ref }: Target): FieldType | undefined {
  return resource && fieldTypeAt(resource.group, resource.kind, ref.path.slice(resource.source.path.length));
}

/** Items are set where there is one and inserted right behind the last; a list that is missing is made with its first item. */
function opFor(document: Json | undefined, path: YamlPath, value: Json): YamlOp | ReturnType<typeof refuse> {
  for (let depth = 0; depth < path.length; depth += 1) {
    const parent = valueAt(document, path.slice(0, depth));
    const step = path[depth];
    if (parent === undefined || parent === null) {
      // From here on everything is new: the missing part is written as one value.
      const missing = path.slice(depth);
      const made = build(missing, value);
      if (made === undefined) return refuse('NO_ITEM', `There is no item ${String(step)} yet: lists begin with 0.`);
      return depth === 0 ? { kind: 'set', path, value } : { kind: 'set', path: path.slice(0, depth), value: made };
    }
    if (typeof step === 'number') {
      if (!isList(parent)) return refuse('NO_LIST', `${fieldName(path.slice(0, depth))} is no list.`);
      if (step > parent.length) return refuse('NO_ITEM', `There are only ${parent.length} items there.`);
      if (step === parent.length) {
        const made = build(path.slice(depth + 1), value);
        if (made === undefined) return refuse('NO_ITEM', 'There is no such item yet: lists begin with 0.');
        return { kind: 'insert', path: path.slice(0, depth + 1), value: made };
      }
    } else if (typeof parent !== 'object' || isList(parent)) {
      return refuse('NO_MAP', `${fieldName(path.slice(0, depth))} holds no fields.`);
    }
  }
  return { kind: 'set', path, value };
}

/** The value wrapped in the maps and one-item lists that lead to it. */
function build(path: YamlPath, value: Json): Json | undefined {
  let made = value;
  for (const step of [...path].reverse()) {
    if (typeof step === 'number') {
      if (step !== 0) return undefined;
      made = [made];
    } else {
      made = { [step]: made };
    }
  }
  return made;
}

/** The last named step of a path, as people call the field. */
function fieldName(path: YamlPath): string {
  return String(path.findLast((step) => typeof step === 'string') ?? 'the document');
}
