import { isMap, valueAt } from '../../yaml/model.ts';
import type { YamlOp } from '../../yaml/types.ts';
import { edit, removal, removing, setting, textAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';
import { normalised } from './own-rules.ts';

/** The first prime from a number on, as Envoy takes tables: `maglev` wants one. */
function primeFrom(number: number): number {
  let candidate = Math.max(2, Math.ceil(number));
  const isPrime = (value: number): boolean => {
    for (let factor = 2; factor * factor <= value; factor += 1) if (value % factor === 0) return false;
    return true;
  };
  while (!isPrime(candidate)) candidate += 1;
  return candidate;
}

const keep = (place: Place, kept: string, keys: readonly string[]): readonly Proposal[] => {
  const gone = keys.filter((key) => key !== kept && isMap(place.value) && Object.hasOwn(place.value, key));
  const there = isMap(place.value) && Object.hasOwn(place.value, kept);
  if (!there || gone.length === 0) return [];
  return [
    edit(
      place,
      [`keep ${kept}`, `Keep ${kept}, remove ${gone.join(' and ')}`],
      gone.map((key): YamlOp => ({ kind: 'remove', path: [...place.path, key] })),
    ),
  ];
};
const oneOf = (place: Place, keys: readonly string[]): readonly Proposal[] =>
  keys.flatMap((key) => keep(place, key, keys));

const drop = (place: Place): Proposal =>
  removing(
    place,
    ['removeField', `Remove ${String(place.path.findLast((key) => typeof key === 'string'))}`],
    place.path,
  );

function minimumRing(place: Place): readonly Proposal[] {
  const size = Number(place.value);
  const hash = place.path.slice(0, -1);
  const other = ['ringHash', 'maglev'].some((key) => valueAt(place.object, [...hash, key]) !== undefined);
  if (other)
    return [edit(place, ['removeField', 'Remove minimumRingSize', 'safe'], [{ kind: 'remove', path: place.path }])];
  return [
    edit(
      place,
      ['ringHash', `Write ringHash: minimumRingSize: ${size}`, 'safe'],
      [
        { kind: 'set', path: place.path, value: { minimumRingSize: size } },
        { kind: 'rename', path: place.path, key: 'ringHash' },
      ],
    ),
  ];
}

function localityWeights(place: Place): readonly Proposal[] {
  if (!isMap(place.value)) return [];
  const entries = Object.entries(place.value);
  const weights = entries.map(([, weight]) => Number(weight));
  if (weights.some((weight) => !(weight > 0))) return [];
  const shares = normalised(weights);
  const ops = entries.map(([key], index): YamlOp => ({
    kind: 'set',
    path: [...place.path, key],
    value: shares[index] ?? 0,
  }));
  return [edit(place, ['normalise', `Write the shares as ${shares.join('/')}`], ops)];
}

/** What a fault of a load balancer offers, by its rule. */
const WAYS: Readonly<Record<string, (place: Place) => readonly Proposal[]>> = {
  'V-DR-040': (place) => [
    setting(place, ['cookieName', 'Name the cookie session'], [...place.path, 'name'], 'session'),
    drop(place),
  ],
  'V-DR-041': (place) => [edit(place, ['removeItem', 'Remove the attribute'], [removal(place.object, place.path)])],
  'V-DR-042': (place) => [
    edit(place, ['removeItem', 'Remove the second one', 'safe'], [removal(place.object, place.path.slice(0, -1))]),
  ],
  'V-DR-043': minimumRing,
  'V-DR-044': (place) => oneOf(place, ['ringHash', 'maglev', 'minimumRingSize']),
  'V-DR-045': (place) => [setting(place, ['size', 'Write tableSize: 65537'], place.path, 65_537)],
  'V-DR-046': (place) => [setting(place, ['size', 'Write tableSize: 65537'], place.path, 65_537)],
  'V-DR-047': (place) => {
    const size = primeFrom(Math.min(Number(place.value) || 65_537, 5_000_000));
    return [
      setting(place, ['prime', `Write ${size}, the next prime number`], place.path, size),
      setting(place, ['size', 'Write tableSize: 65537'], place.path, 65_537),
    ];
  },
  'V-DR-048': (place) => oneOf(place, ['localityLbSetting', 'zoneAwareLbSetting']),
  'V-DR-049': (place) => [
    setting(place, ['duration', 'Say duration: 60s'], [...place.path, 'duration'], '60s'),
    drop(place),
  ],
  'V-DR-051': (place) => [setting(place, ['set 100', 'Write 100'], place.path, 100), drop(place)],
  'V-DR-052': (place) => [setting(place, ['set 1', 'Write 1'], place.path, 1), drop(place)],
  'V-DR-060': (place) => oneOf(place, ['distribute', 'failover', 'failoverPriority']),
  'V-DR-062': (place) => [drop(place)],
  'V-DR-063': localityWeights,
  'V-DR-068': ejecting,
  'V-DR-076': ejecting,
};

/** Failover begins when workloads are ejected. */
function ejecting(place: Place): readonly Proposal[] {
  const at = place.path.lastIndexOf('loadBalancer');
  if (at < 0) return [drop(place)];
  const outlier = [...place.path.slice(0, at), 'outlierDetection'];
  return [
    setting(place, ['eject', 'Eject workloads that fail five times in a row'], outlier, {
      consecutive5xxErrors: 5,
      interval: '10s',
      baseEjectionTime: '30s',
    }),
    drop(place),
  ];
}

const ENTRIES = [
  'V-DR-061',
  'V-DR-064',
  'V-DR-065',
  'V-DR-066',
  'V-DR-067',
  'V-DR-069',
  'V-DR-070',
  'V-DR-071',
  'V-DR-075',
  'V-DR-077',
  'V-DR-078',
  'V-DR-079',
];

/** Faults of load balancers and localities. */
export const balancers: Family = {
  codes: [...Object.keys(WAYS), ...ENTRIES],
  propose: (place) => {
    const ways = WAYS[place.problem.code];
    if (ways !== undefined) return ways(place);
    const { value } = place;
    if (place.problem.code === 'V-DR-070' || place.problem.code === 'V-DR-078')
      return ['from', 'to'].flatMap((key) => {
        const text = textAt(place, [...place.path, key]);
        return text.includes('/')
          ? [
              setting(
                place,
                [`region ${key}`, `Write ${text.split('/')[0] ?? ''}`],
                [...place.path, key],
                text.split('/')[0] ?? '',
              ),
            ]
          : [];
      });
    return value === undefined ? [] : [drop(place)];
  },
};
