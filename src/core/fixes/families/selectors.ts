import { isMap, valueAt } from '../../yaml/model.ts';
import type { JsonObject } from '../../yaml/types.ts';
import { removing, setting } from '../edit.ts';
import { ranked } from '../nearest.ts';
import type { Family, Place, Proposal } from '../types.ts';

const textOf = (labels: JsonObject): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ');

/** Label sets of pods that such a selector could have meant: the same keys, else what pods are mostly told apart by. */
function labelSets(place: Place, selector: JsonObject): readonly JsonObject[] {
  const pods = (place.projection.mesh.byKind.get('Pod') ?? []).filter(
    ({ namespace }) => place.resource.kind === 'Gateway' || namespace === place.resource.namespace,
  );
  const keys = Object.keys(selector);
  const sets = pods.flatMap(({ labels }): readonly JsonObject[] => {
    if (keys.length > 0 && keys.every((key) => labels[key] !== undefined))
      return [Object.fromEntries(keys.map((key) => [key, labels[key] ?? '']))];
    const key = ['istio', 'app', 'app.kubernetes.io/name'].find((name) => labels[name] !== undefined);
    return key === undefined ? [] : [{ [key]: labels[key] ?? '' }];
  });
  const byText = new Map(sets.map((set) => [textOf(set), set]));
  return ranked(textOf(selector), [...byText.values()], textOf);
}

/** A selector that no pod has. */
export const selectors: Family = {
  codes: ['IST0101', 'KIA0302', 'IST0127'],
  propose: (place): readonly Proposal[] => {
    const { value } = place;
    if (!isMap(value) || !place.path.some((key) => /[sS]elector$/.test(String(key)))) return [];
    const ingress: JsonObject = { istio: 'ingressgateway' };
    const sets = labelSets(place, value).filter((set) => textOf(set) !== textOf(value));
    const own = textOf(value) === textOf(ingress) || place.resource.kind !== 'Gateway' ? [] : [ingress];
    const all = [...own, ...sets].filter(
      (set, index, list) => list.findIndex((one) => textOf(one) === textOf(set)) === index,
    );
    return all
      .slice(0, 4)
      .map((set) => setting(place, [`select ${textOf(set)}`, `Select ${textOf(set)}`], place.path, set));
  },
};

/** Labels that can't be those of a pod, or selectors that say nothing. */
export const badLabels: Family = {
  codes: ['V-VS-051', 'V-VS-168', 'V-VS-183', 'V-DR-114', 'V-SE-044', 'V-WE-008', 'V-WG-002'],
  propose: (place) => {
    const labels = place.value;
    if (!isMap(labels)) return [];
    const quoted = [...place.problem.message.matchAll(/"([^"]*)"/g)].map((found) => found[1] ?? '');
    const clean = (text: string): string =>
      text
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
        .slice(0, 63);
    return Object.entries(labels).flatMap(([key, value]): readonly Proposal[] => {
      const path = [...place.path, key];
      const drop = removing(place, [`drop ${key}`, `Remove the label ${key}`], path);
      if (quoted.includes(key) && valueAt(labels, [key]) !== undefined) return [drop];
      if (!quoted.includes(String(value))) return [];
      const better = clean(String(value));
      return [
        ...(better === value
          ? []
          : [setting(place, [`label ${key}`, `Write ${better === '' ? 'an empty value' : better}`], path, better)]),
        drop,
      ];
    });
  },
};

/** A selector without labels. */
export const emptySelectors: Family = {
  codes: ['V-DR-128', 'V-SE-002', 'V-SE-021'],
  propose: (place) => [removing(place, ['removeSelector', 'Remove the workloadSelector', 'safe'], place.path)],
};
