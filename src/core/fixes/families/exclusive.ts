import { isMap, valueAt } from '../../yaml/model.ts';
import { edit } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** What each rule says to exclude the field at its place, in the order in which Istio looks. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'V-VS-020': ['delegate'],
  'V-VS-021': ['delegate'],
  'V-VS-023': ['redirect'],
  'V-VS-024': ['redirect'],
  'V-VS-025': ['redirect'],
  'V-VS-026': ['redirect'],
  'V-VS-027': ['directResponse'],
  'V-VS-028': ['directResponse'],
  'V-VS-029': ['directResponse'],
  'V-VS-031': ['mirror'],
};

function keepOneOf(place: Place, parent: Place['path'], keys: readonly string[]): readonly Proposal[] {
  const value = valueAt(place.object, parent);
  const present = keys.filter((key) => isMap(value) && Object.hasOwn(value, key));
  if (present.length < 2) return [];
  return present.map((kept) => {
    const gone = present.filter((key) => key !== kept);
    const ops = gone.map((key) => ({ kind: 'remove', path: [...parent, key] }) as const);
    return edit(place, [`keep ${kept}`, `Keep ${kept}, remove ${gone.join(' and ')}`], ops);
  });
}

/** Two actions of a rule that exclude each other. */
export const exclusiveActions: Family = {
  codes: [...Object.keys(OTHERS)],
  propose: (place) => {
    const key = place.path.at(-1);
    const parent = place.path.slice(0, -1);
    const [other = ''] = OTHERS[place.problem.code] ?? [];
    if (typeof key !== 'string') return [];
    // A redirect excludes all of these, so keeping another of them means that only the redirect goes.
    return keepOneOf(place, parent, [other, key]);
  },
};

/** A rule of a delegate that hands on. */
export const delegateOfDelegate: Family = {
  codes: ['V-VS-022'],
  propose: (place) => [edit(place, ['removeDelegate', 'Remove delegate'], [{ kind: 'remove', path: place.path }])],
};

/** Fields of which an object can have one only, as its CRD says. */
export const oneOf: Family = {
  codes: ['SCHEMA-ONE-OF', 'SCHEMA-RULE', 'V-GW-040', 'V-VS-100', 'V-VS-130', 'V-DR-003'],
  propose: (place) => {
    const { value } = place;
    if (!isMap(value)) return [];
    const groups: readonly (readonly string[])[] = [
      ['exact', 'prefix', 'regex'],
      ['uri', 'prefixRewrite'],
      ['uri', 'uriRegexRewrite'],
      ['tunnel', 'proxyProtocol'],
      ['simple', 'consistentHash'],
      ['port', 'derivePort'],
      ['httpStatus', 'grpcStatus', 'http2Error'],
      ['fixedDelay', 'exponentialDelay'],
      ['string', 'bytes'],
      ['ringHash', 'maglev'],
      ['httpHeaderName', 'httpCookie', 'useSourceIp', 'httpQueryParameterName'],
      ['credentialName', 'credentialNames', 'tlsCertificates'],
      ['workloadSelector', 'endpoints'],
      ['distribute', 'failover', 'failoverPriority'],
    ];
    return groups.flatMap((group) => keepOneOf(place, place.path, group));
  },
};

/** A rewrite of prefixes where the rule matches no prefix. */
export const prefixRewrite: Family = {
  codes: ['V-VS-101'],
  propose: (place) => [
    edit(
      place,
      ['uri', 'Write uri: redirect all to this one path'],
      [{ kind: 'rename', path: place.path, key: 'uri' }],
    ),
  ],
};
