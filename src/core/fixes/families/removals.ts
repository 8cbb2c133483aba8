import { valueAt } from '../../yaml/model.ts';
import { edit, removing } from '../edit.ts';
import type { Family } from '../types.ts';

/** Fields that can't stand where they do: nothing is lost when they go, since Istio takes the object in no other way. */
const USELESS = [
  'V-VS-001',
  'V-VS-002',
  'V-VS-003',
  'V-GW-013',
  'V-SC-011',
  'V-SC-027',
  'V-META-*',
  'V-SE-052',
  'V-SE-053',
  'V-WE-004',
  'V-VS-084',
  'V-VS-089',
];
/** Entries that are wrong in a way for which there is no better word. */
const WRONG = [
  'V-VS-010',
  'V-VS-041',
  'V-VS-053',
  'V-VS-101',
  'V-VS-111',
  'V-VS-160',
  'V-VS-162',
  'V-VS-166',
  'V-VS-181',
  'V-GW-015',
  'V-GW-016',
  'V-GW-017',
  'V-SE-008',
  'V-SE-045',
  'V-DR-013',
  'V-DR-027',
  'V-DR-003',
  'V-SC-013',
  'V-SC-018',
  'V-WE-009',
  'V-VS-165',
  'V-VS-163',
  'V-GW-031',
  'V-GW-032',
  'V-SC-026',
  'SCHEMA-RULE',
  'SCHEMA-SIZE',
  'SCHEMA-RANGE',
  'SCHEMA-TYPE',
  'V-DEC-004',
  'V-DR-127',
  'V-SE-001',
  'V-SC-001',
  'V-SE-005',
  'V-SE-047',
  'V-VS-132',
  'V-VS-070',
  'V-WE-003',
  'V-WE-006',
  'V-WG-003',
  'V-WG-004',
  'V-WG-005',
  'V-WG-006',
  'V-WG-007',
  'V-WG-008',
  'V-WG-010',
  'V-WG-011',
  'V-WG-012',
  'V-WG-013',
  'V-SC-002',
  'V-SC-003',
  'V-SC-015',
  'V-SC-016',
  'V-SC-021',
  'V-SC-022',
  'V-SC-028',
  'V-GW-042',
  'V-DR-080',
  'V-DR-020',
  'V-DR-092',
  'V-DR-062',
  'V-DR-065',
  'V-GW-022',
  'V-VS-002',
  'V-VS-003',
];

/** Takes away what is wrong. */
export const removals: Family = {
  codes: [...USELESS, ...WRONG],
  propose: (place) => {
    const last = place.path.at(-1);
    if (place.value === undefined || place.path.length < 2) return [];
    const name =
      typeof last === 'number'
        ? `this item of ${String(place.path.findLast((key) => typeof key === 'string'))}`
        : String(last);
    const safe = USELESS.some(
      (code) => place.problem.code === code || (code.endsWith('*') && place.problem.code.startsWith(code.slice(0, -1))),
    );
    const all = [removing(place, ['removeField', `Remove ${name}`, safe ? 'safe' : 'choice'], place.path)];
    // What holds it may be nothing without it.
    for (const up of [1, 2]) {
      const around = place.path.slice(0, -up);
      const key = around.at(-1);
      if (around.length < 3 || valueAt(place.object, around) === undefined) break;
      const title =
        typeof key === 'number'
          ? `Remove the whole item of ${String(around.findLast((one) => typeof one === 'string'))}`
          : `Remove the whole ${String(key)}`;
      all.push(edit(place, [`removeAround ${up}`, title], [{ kind: 'remove', path: around }]));
    }
    return all;
  },
};
