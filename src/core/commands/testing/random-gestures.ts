import { fileId } from '../../base/ids.ts';
import type { TextRange } from '../../base/result.ts';
import type { Resource, SourceRef } from '../../istio/types.ts';
import { applyChanges } from '../../text/index.ts';
import { createSession } from '../../workspace/index.ts';
import type { GesturePlan, Projection } from '../../workspace/index.ts';
import { entryAt } from '../../yaml/index.ts';
import { isList, isMap, valueAt } from '../../yaml/model.ts';
import type { Json, YamlPath } from '../../yaml/types.ts';
import { planGesture } from '../plan-gesture.ts';
import type { Gesture } from '../types.ts';

/** Chance that is handed in: a whole number from 0 to below `below`. */
export type Chance = (below: number) => number;

/** Numbers from a seed, the same for the same seed (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** A gesture that may make sense on this workspace; `undefined` where it holds nothing to do it to. */
export function randomGesture(projection: Projection, chance: Chance): Gesture | undefined {
  const resource = pick(projection.resources, chance);
  const host = pick([...projection.mesh.services.keys()], chance) ?? 'reviews';
  const fresh: readonly Gesture[] = [
    {
      kind: 'addResource',
      resourceKind: pick(['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry'], chance) ?? 'Gateway',
    },
    { kind: 'addSubset', host, name: `s${chance(100)}` },
  ];
  if (resource === undefined) return pick(fresh, chance);
  const { id } = resource;
  const leaf = pick(leaves(resource), chance);
  const any: readonly Gesture[] = [
    { kind: 'renameResource', resource: id, name: `n${chance(1000)}` },
    { kind: 'deleteResource', resource: id },
    { kind: 'duplicateResource', resource: id },
    ...(leaf === undefined ? [] : onField(resource, leaf, chance)),
    ...fresh,
  ];
  const rules = rulesOf(projection);
  const rule = pick(rules, chance);
  // Rules are what gestures are mostly about.
  if (rule === undefined || chance(3) === 0) return pick(any, chance);
  const destinations = rule.destinations;
  const index = chance(Math.max(destinations, 1));
  const route: readonly Gesture[] = [
    { kind: 'setWeights', rule: rule.ref, weights: Array.from({ length: destinations }, () => chance(101)) },
    { kind: 'addDestination', rule: rule.ref, host, subset: `s${chance(9)}`, weight: chance(100) },
    { kind: 'addDestination', rule: rule.ref, host },
    { kind: 'removeDestination', destination: { ...rule.ref, path: [...rule.ref.path, 'route', index] } },
    { kind: 'connect', rule: rule.ref, index, host, subset: `s${chance(9)}` },
    { kind: 'connect', rule: rule.ref, index, host },
    { kind: 'addRule', resource: rule.resource.id },
    { kind: 'moveRule', rule: rule.ref, to: chance(rule.beside) },
    { kind: 'removeRule', rule: rule.ref },
  ];
  return pick(route, chance);
}

/** What went wrong with a gesture on a workspace, in words; `undefined` when all laws hold. `refused` when it could not be done. */
export function judgeGesture(texts: Readonly<Record<string, string>>, gesture: Gesture, projection: Projection) {
  const plan = planGesture(projection, gesture);
  if (plan.kind === 'refused') return { refused: plan.code, wrong: undefined };
  const wrong = outsideOf(projection, gesture, plan.value) ?? wrongMeaning(projection, gesture, plan.value);
  if (wrong !== undefined) return { refused: undefined, wrong };
  const session = createSession({ files: Object.entries(texts).map(([id, text]) => ({ id: fileId(id), text })) });
  const { label, changes, addFiles } = plan.value;
  session.transact({ origin: 'canvas', label, at: 0, changes, ...(addFiles ? { addFiles } : {}) });
  session.undo();
  const after = session.projection().files;
  const same = after.length === Object.keys(texts).length && after.every((file) => texts[file.id] === file.text);
  return { refused: undefined, wrong: same ? undefined : 'undo did not bring every byte back' };
}

interface FoundRule {
  readonly resource: Resource;
  readonly ref: SourceRef;
  readonly destinations: number;
  readonly beside: number;
}

function rulesOf({ resources }: Projection): readonly FoundRule[] {
  const found: FoundRule[] = [];
  for (const resource of resources) {
    if (resource.kind !== 'VirtualService') continue;
    for (const protocol of ['http', 'tls', 'tcp']) {
      const rules = valueAt(resource.value, ['spec', protocol]);
      if (!isList(rules)) continue;
      rules.forEach((rule, index) => {
        const route = valueAt(rule, ['route']);
        const ref = { ...resource.source, path: [...resource.source.path, 'spec', protocol, index] };
        found.push({ resource, ref, destinations: isList(route) ? route.length : 0, beside: rules.length });
      });
    }
  }
  return found;
}

function onField({ source }: Resource, path: YamlPath, chance: Chance): readonly Gesture[] {
  const at = { ...source, path: [...source.path, ...path] };
  const values: readonly Json[] = ['on', '017', 'a: b', '# x', '5s', chance(1000), true, 'plain', ''];
  return [
    { kind: 'setField', at, value: pick(values, chance) ?? 'plain' },
    { kind: 'removeField', at },
  ];
}

function leaves(resource: Resource): readonly YamlPath[] {
  const paths: YamlPath[] = [];
  const walk = (value: Json | undefined, path: YamlPath): void => {
    if (isList(value)) value.forEach((item, index) => walk(item, [...path, index]));
    else if (isMap(value)) for (const [key, item] of Object.entries(value)) walk(item, [...path, key]);
    else paths.push(path);
  };
  walk(resource.value['spec'], ['spec']);
  return paths;
}

/** The part of a document that a gesture may touch: whole lines of the place that it is about. */
function spanOf(projection: Projection, gesture: Gesture): TextRange | undefined {
  const place = placeOf(gesture);
  if (place === undefined) return undefined;
  const slot = projection.slots.find((one) => one.slot === place.slot);
  if (slot === undefined) return undefined;
  const { lines } = entryAt(slot.document, place.path) ?? { lines: { from: 0, to: slot.document.text.length } };
  // Comments above go with an entry; a new neighbour begins at its last line's end.
  const { text } = slot.document;
  let from = lines.from;
  const above = /(?:^[ \t]*(?:#[^\n\r]*)?(?:\r\n|\n|\r))*$/m.exec(text.slice(0, from));
  if (above !== null) from -= above[0].length;
  const end = /\r\n|\n|\r|$/.exec(text.slice(lines.to));
  return { from: slot.from + from, to: slot.from + lines.to + (end === null ? 0 : end.index + end[0].length) };
}

/** The place whose lines hold all that a gesture on rules and fields changes; `undefined`: it is about whole documents. */
function placeOf(gesture: Gesture): SourceRef | undefined {
  const up = (ref: SourceRef, by: number): SourceRef => ({ ...ref, path: ref.path.slice(0, ref.path.length - by) });
  switch (gesture.kind) {
    case 'setWeights':
    case 'addDestination':
    case 'connect':
      return gesture.rule;
    case 'removeDestination':
      return up(gesture.destination, 2);
    case 'moveRule':
    case 'removeRule':
      return up(gesture.rule, 1);
    case 'setField':
    case 'removeField':
      return up(gesture.at, 1);
    default:
      return undefined;
  }
}

function outsideOf(projection: Projection, gesture: Gesture, plan: GesturePlan): string | undefined {
  const span = spanOf(projection, gesture);
  if (span === undefined) return undefined;
  for (const changes of plan.changes.values()) {
    for (const { from, to } of changes) {
      if (from < span.from || to > span.to) return `wrote at ${from}–${to}, outside of ${span.from}–${span.to}`;
    }
  }
  return undefined;
}

/** Reads the result again and says where it is not what the gesture says. */
function wrongMeaning(projection: Projection, gesture: Gesture, plan: GesturePlan): string | undefined {
  const files = projection.files.map(({ id, text, readOnly }) => ({
    id,
    text: applyChanges(text, plan.changes.get(id) ?? []),
    readOnly,
  }));
  const after = createSession({ files: [...files, ...(plan.addFiles ?? [])] }).projection();
  const broken = (one: Projection) => one.slots.filter((slot) => slot.document.broken).length;
  if (broken(after) !== broken(projection)) return 'a document can no longer be read';
  const grown = after.resources.length - projection.resources.length;
  const wanted = { deleteResource: -1, duplicateResource: 1, addResource: 1 } as const;
  const expected = gesture.kind in wanted ? wanted[gesture.kind as keyof typeof wanted] : 0; // `in` does not narrow
  if (
    gesture.kind !== 'addSubset' &&
    gesture.kind !== 'setField' &&
    gesture.kind !== 'removeField' &&
    grown !== expected
  ) {
    return `${grown} resources more, not ${expected}`;
  }
  if (gesture.kind === 'setWeights') return weightsAfter(projection, after, gesture);
  return undefined;
}

function weightsAfter(before: Projection, after: Projection, { rule, weights }: Gesture & { kind: 'setWeights' }) {
  const index = before.slots.findIndex((slot) => slot.slot === rule.slot);
  const route = valueAt(after.slots[index]?.document.value, [...rule.path, 'route']);
  const read = isList(route) ? route.map((item) => Number(valueAt(item, ['weight']) ?? 0)) : [];
  return JSON.stringify(read) === JSON.stringify(weights) ? undefined : `weights read ${read.join('/')}`;
}

function pick<T>(list: readonly T[], chance: Chance): T | undefined {
  return list.length === 0 ? undefined : list[chance(list.length)];
}
