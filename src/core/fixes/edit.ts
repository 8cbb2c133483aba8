import { planEdits } from '../commands/plan-edit.ts';
import { isList, isMap, valueAt } from '../yaml/model.ts';
import type { Json, JsonObject, YamlOp, YamlPath } from '../yaml/types.ts';
import type { FixKind, Place, Proposal } from './types.ts';

/** The operations with their paths from the root of the document, where they went from the object's. */
export function inDocument(base: YamlPath, ops: readonly YamlOp[]): readonly YamlOp[] {
  return base.length === 0 ? ops : ops.map((op) => ({ ...op, path: [...base, ...op.path] }));
}

/** What is said of a fix: its id, its title, and whether it is `safe` (`choice` where nothing is said). */
export type Saying = readonly [id: string, title: string, kind?: FixKind];

/** A fix that edits the problem's own object; paths go from the object's root. */
export function edit(place: Place, [id, title, kind = 'choice']: Saying, ops: readonly YamlOp[]): Proposal {
  const all = inDocument(place.resource.source.path, ops);
  return { id, title, kind, plan: () => planEdits(title, [{ slot: place.slot, ops: all }]) };
}

/** A fix that gives a field another value. */
export function setting(place: Place, saying: Saying, path: YamlPath, value: Json): Proposal {
  return edit(place, saying, [{ kind: 'set', path, value }]);
}

/** A fix that takes an entry away, and the map or list that it was alone in. */
export function removing(place: Place, saying: Saying, path: YamlPath): Proposal {
  return edit(place, saying, [removal(place.object, path)]);
}

/** Takes an entry away, and the maps and lists that hold nothing else; items of lists and `spec` stay. */
export function removal(object: JsonObject, path: YamlPath): YamlOp {
  let at = path;
  while (at.length > 2 && typeof at.at(-2) === 'string') {
    const parent = valueAt(object, at.slice(0, -1));
    const alone = isList(parent) ? parent.length === 1 : isMap(parent) && Object.keys(parent).length === 1;
    if (!alone) break;
    at = at.slice(0, -1);
  }
  return { kind: 'remove', path: at };
}

/** The text at a path of the problem's object, '' where there is none. */
export function textAt(place: Place, path: YamlPath): string {
  const value = valueAt(place.object, path);
  return typeof value === 'string' ? value : '';
}

/** The list at a path of an object, empty where there is none. */
export function listAt(object: Json | undefined, path: YamlPath): readonly Json[] {
  const value = valueAt(object, path);
  return isList(value) ? value : [];
}

/** The texts of the list at a path of an object. */
export function textsAt(object: Json | undefined, path: YamlPath): readonly string[] {
  return listAt(object, path).filter((item) => typeof item === 'string');
}

/** A value, or another where there is none. */
export const valueOr = (value: Json | undefined, other: Json): Json => value ?? other;
