import { ok, refuse } from '../../base/result.ts';
import { planEdits } from '../../commands/plan-edit.ts';
import { fieldAt, kindSchema, messageSchema } from '../../istio/index.ts';
import { isMap, valueAt } from '../../yaml/model.ts';
import type { PlanResult } from '../../workspace/types.ts';
import { entryAt } from '../../yaml/index.ts';
import type { YamlOp, YamlPath } from '../../yaml/types.ts';
import { edit, inDocument, removing } from '../edit.ts';
import { meant } from '../nearest.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** The names of the fields that an object at a path may have, as far as the tables know. */
function fieldsAt({ resource }: Place, path: YamlPath): readonly string[] {
  const schema = kindSchema(resource.group, resource.kind);
  const type = schema && fieldAt(schema, path)?.type;
  return type?.kind === 'message' ? Object.keys(messageSchema(type.message)?.fields ?? {}) : [];
}

const camel = (name: string): string =>
  name
    .replace(/[_-]+(.)/g, (_, letter: string) => letter.toUpperCase())
    .replace(/^./, (letter) => letter.toLowerCase());

function rename(place: Place, key: string): Proposal {
  const only = camel(String(place.path.at(-1))).toLowerCase() === key.toLowerCase();
  return edit(
    place,
    [`rename ${key}`, `Write ${key}`, only ? 'safe' : 'choice'],
    [{ kind: 'rename', path: place.path, key }],
  );
}

/** The comment behind a value of one line; `undefined` where there is more that a move would lose. */
function commentOf(place: Place): string | undefined {
  const { document } = place.slot;
  const entry = entryAt(document, place.problem.source.path);
  const own = entry === undefined ? '' : document.text.slice(entry.lines.from, entry.lines.to);
  const behind = entry === undefined ? '' : document.text.slice(entry.value.to, entry.lines.to).trim();
  return behind.startsWith('#') && !behind.includes('\n') ? behind : own.includes('#') ? undefined : '';
}

/** Moves a field, and the comment behind it. */
function move(place: Place, path: YamlPath, title: string): PlanResult {
  const { value } = place;
  if (value === undefined) return refuse('GONE', 'The field is no longer there.');
  const ops: readonly YamlOp[] = [
    { kind: 'set', path, value },
    { kind: 'remove', path: place.path },
  ];
  const planned = planEdits(title, [{ slot: place.slot, ops: inDocument(place.resource.source.path, ops) }]);
  const comment = commentOf(place);
  if (planned.kind === 'refused' || comment === '') return planned;
  const key = `${String(path.at(-1))}:`;
  const changes = planned.value.changes.get(place.slot.file) ?? [];
  const at = changes.findIndex(({ insert }) => new RegExp(`^\\s*${key} [^\\n]*\\s*$`).test(insert));
  const moved = changes[at];
  if (moved === undefined || comment === undefined) return refuse('COMMENTS', 'A comment would be lost on the way.');
  const insert = moved.insert.replace(/[ \t]*(\r?\n)?$/, (end) => ` ${comment}${end}`);
  return ok({ ...planned.value, changes: new Map([[place.slot.file, changes.with(at, { ...moved, insert })]]) });
}

/** A move to where the field belongs: beside its parent, or into a sibling that has such a field. */
function elsewhere(place: Place, key: string): readonly Proposal[] {
  const parent = place.path.slice(0, -1);
  const to = (path: YamlPath, where: string): Proposal => {
    const title = `Move ${key} to ${where}`;
    return { id: `move ${path.join('.')}`, title, kind: 'choice', plan: () => move(place, path, title) };
  };
  const out: Proposal[] = [];
  for (let up = parent.slice(0, -1); up.length > 0; up = up.slice(0, -1)) {
    const path = [...up, key];
    if (fieldsAt(place, up).includes(key) && valueAt(place.object, path) === undefined) {
      out.push(to(path, String(up.findLast((step) => typeof step === 'string'))));
      break;
    }
  }
  const siblings = valueAt(place.object, parent);
  for (const name of isMap(siblings) ? Object.keys(siblings) : []) {
    const path = [...parent, name, key];
    if (
      isMap(valueAt(place.object, [...parent, name])) &&
      fieldsAt(place, [...parent, name]).includes(key) &&
      valueAt(place.object, path) === undefined
    )
      out.push(to(path, name));
  }
  return out;
}

/** A field that Istio does not know. */
export const unknownField: Family = {
  codes: ['SCHEMA-UNKNOWN'],
  propose: (place) => {
    const key = place.path.at(-1);
    if (typeof key !== 'string') return [];
    const parent = place.path.slice(0, -1);
    const there = valueAt(place.object, parent);
    const free = fieldsAt(place, parent).filter((name) => !(isMap(there) && Object.hasOwn(there, name)));
    const near = [...free.filter((name) => name.toLowerCase() === camel(key).toLowerCase()), ...meant(key, free)];
    return [
      ...[...new Set(near)].slice(0, 3).map((name) => rename(place, name)),
      ...elsewhere(place, key),
      removing(place, ['removeField', `Remove ${key}`], place.path),
    ];
  },
};
