import { isMap, valueAt } from '../../yaml/model.ts';
import type { Json, YamlOp } from '../../yaml/types.ts';
import { edit, listAt, removing, setting, textAt } from '../edit.ts';
import type { Family, Place, Proposal } from '../types.ts';

/** Where the rule that a message names second stands: `rule 2 (name) of …`. */
function takerOf({ problem, resource }: Place): number | undefined {
  const [, index, of] =
    /: (?:match \d+ of )?rule (\d+)(?: \([^)]*\))?(?: of ([A-Za-z]+ \S+))? takes/.exec(problem.message) ?? [];
  return index === undefined || (of !== undefined && of !== resource.id) ? undefined : Number(index) - 1;
}

/** Rules and matches that no request gets to. */
export const unreachedRule: Family = {
  codes: ['MW-RULE-UNREACHED', 'MW-RULE-IMPOSSIBLE', 'MW-RULE-NOWHERE', 'MW-DELEGATE-DROPPED'],
  propose: (place) => {
    const rule = place.path.slice(0, 3);
    const [, protocol, index] = rule;
    if (protocol === undefined || typeof index !== 'number') return [];
    const taker = place.problem.code === 'MW-RULE-UNREACHED' ? takerOf(place) : undefined;
    const match = place.path[3] === 'match' && typeof place.path[4] === 'number' ? place.path.slice(0, 5) : undefined;
    const many = listAt(place.object, [...rule, 'match']).length > 1;
    const key = place.path.length === 6 ? place.path.at(-1) : undefined;
    return [
      ...(taker !== undefined && taker < index
        ? [
            edit(
              place,
              ['ruleFirst', `Move it in front of rule ${taker + 1}`],
              [{ kind: 'move', path: rule, to: taker }],
            ),
          ]
        : []),
      ...(key === 'gateways' || key === 'port'
        ? [removing(place, ['removeField', `Remove ${key} from the match`], place.path)]
        : []),
      match !== undefined && many
        ? edit(place, ['removeMatch', 'Remove this match'], [{ kind: 'remove', path: match }])
        : edit(place, ['removeRule', 'Remove this rule'], [{ kind: 'remove', path: rule }]),
    ];
  },
};

/** No rule for what is left over: the last one's destination takes it, without its conditions. */
export const missingLastRule: Family = {
  codes: ['MW-NO-LAST-RULE'],
  propose: (place) => {
    const rules = listAt(place.object, ['spec', 'http']);
    const targets = rules.flatMap((rule) =>
      listAt(rule, ['route']).map((one) => valueAt(one, ['destination']) ?? null),
    );
    const byText = new Map(
      targets.filter(isMap).map((one) => [`${String(one['host'])} ${String(one['subset'] ?? '')}`.trim(), one]),
    );
    const path = ['spec', 'http', rules.length];
    return [...byText]
      .slice(0, 4)
      .map(([name, destination]) =>
        edit(
          place,
          [`lastRule ${name}`, `Send everything else to ${name}`],
          [{ kind: 'insert', path, value: { route: [{ destination }] } }],
        ),
      );
  },
};

/** Whole numbers of 100 in the proportions of some weights, what is over going to the largest remainders. */
export function normalised(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const exact = weights.map((weight) => (weight * 100) / sum);
  const floors = exact.map(Math.floor);
  const over = 100 - floors.reduce((total, share) => total + share, 0);
  const order = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  const lucky = new Set(order.slice(0, over).map(({ index }) => index));
  return floors.map((share, index) => share + (lucky.has(index) ? 1 : 0));
}

/** Weights that add up to another sum than 100. */
export const sumOfWeights: Family = {
  codes: ['MW-WEIGHTS'],
  propose: (place) => {
    const weights = listAt(place.object, place.path).map((one) => Number(valueAt(one, ['weight']) ?? 0));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum <= 0 || weights.some((weight) => !(weight >= 0))) return [];
    const shares = normalised(weights);
    const kept = shares.every((share, index) => share * sum === (weights[index] ?? 0) * 100);
    const ops = shares.flatMap((value, index): YamlOp[] =>
      value === weights[index] ? [] : [{ kind: 'set', path: [...place.path, index, 'weight'], value }],
    );
    return [edit(place, ['normalise', `Write the shares as ${shares.join('/')}`, kept ? 'safe' : 'choice'], ops)];
  },
};

/** Prefix and rewrite of which one ends with a slash. */
export const rewriteSlash: Family = {
  codes: ['MW-REWRITE-SLASH'],
  propose: (place) => {
    const rule = place.path.slice(0, 3);
    const uri = textAt(place, place.path);
    const matches = listAt(place.object, [...rule, 'match']);
    const prefixes = matches.flatMap((match, index) => {
      const prefix = valueAt(match, ['uri', 'prefix']);
      return typeof prefix === 'string' ? [{ prefix, path: [...rule, 'match', index, 'uri', 'prefix'] }] : [];
    });
    const [first] = prefixes;
    const out: Proposal[] = [];
    if (first !== undefined && uri.endsWith('/') && !first.prefix.endsWith('/')) {
      const at = Number(first.path[4]);
      const twin: Json = { ...Object(matches[at]), uri: { prefix: `${first.prefix}/` } };
      out.push(
        edit(
          place,
          ['slashMatch', `Match ${first.prefix}/ in front of ${first.prefix}`],
          [{ kind: 'insert', path: [...rule, 'match', at], value: twin }],
        ),
      );
      out.push(
        edit(
          place,
          ['slashPrefix', `Match ${first.prefix}/ only`],
          [{ kind: 'set', path: first.path, value: `${first.prefix}/` }],
        ),
      );
    }
    if (first?.prefix.endsWith('/') === true && !uri.endsWith('/'))
      out.push(setting(place, ['slashUri', `Write ${uri}/`], place.path, `${uri}/`));
    return out;
  },
};

/** Retries that storm, are cut short, or are never made. */
export const retries: Family = {
  codes: ['MW-RETRY-STORM', 'MW-RETRY-CUT', 'MW-RETRY-TIMEOUT'],
  propose: (place) => {
    const at = place.path.lastIndexOf('retries');
    const path = place.path.slice(0, at + 1);
    if (at < 0) return [];
    if (place.problem.code === 'MW-RETRY-STORM')
      return [
        edit(
          place,
          ['noRetries', 'Retry in the other place only: attempts: 0'],
          [{ kind: 'set', path, value: { attempts: 0 } }],
        ),
      ];
    if (place.problem.code === 'MW-RETRY-TIMEOUT') {
      const now = textAt(place, [...path, 'retryOn']);
      const better = now === '' ? 'gateway-error,connect-failure,refused-stream' : `${now},gateway-error`;
      return [setting(place, ['retryOn', `Retry on ${better}`], [...path, 'retryOn'], better)];
    }
    const fits = Number(/no more than (\d+) fit/.exec(place.problem.message)?.[1] ?? 0);
    return fits < 1
      ? []
      : [
          setting(
            place,
            ['attempts', `Try ${fits} times in all: attempts: ${fits - 1}`],
            [...path, 'attempts'],
            fits - 1,
          ),
        ];
  },
};

/** A CORS policy whose preflight goes elsewhere. */
export const preflight: Family = {
  codes: ['MW-CORS-PREFLIGHT'],
  propose: (place) => {
    const rule = place.path.slice(0, 3);
    const matches = listAt(place.object, [...rule, 'match']);
    const [first] = matches;
    if (!isMap(first)) return [];
    const options = { ...first, method: { exact: 'OPTIONS' } };
    return [
      edit(
        place,
        ['options', 'Match OPTIONS too'],
        [{ kind: 'insert', path: [...rule, 'match', matches.length], value: options }],
      ),
    ];
  },
};

/** Redirects that lead back, or to a port that is closed. */
export const badRedirect: Family = {
  codes: ['MW-REDIRECT-LOOP', 'MW-REDIRECT-NOWHERE'],
  propose: (place) => {
    const rule = place.path.slice(0, 3);
    const redirect = [...rule, 'redirect'];
    const port = valueAt(place.object, [...redirect, 'port']) !== undefined;
    return [
      ...(port ? [removing(place, ['noPort', 'Remove the port of the redirect'], [...redirect, 'port'])] : []),
      ...(valueAt(place.object, [...redirect, 'scheme']) === undefined
        ? [setting(place, ['https', 'Redirect to HTTPS'], [...redirect, 'scheme'], 'https')]
        : []),
      edit(place, ['removeRule', 'Remove this rule'], [{ kind: 'remove', path: rule }]),
    ];
  },
};

/** A mirror that reaches nobody. */
export const lostMirror: Family = {
  codes: ['MW-MIRROR-LOST'],
  propose: (place) => {
    const listed = place.path[3] === 'mirrors';
    return [removing(place, ['removeMirror', 'Remove the mirror'], place.path.slice(0, listed ? 5 : 4))];
  },
};

/** A balancer that hashes by port, and a destination that names none. */
export const keyless: Family = {
  codes: ['MW-STICKY-KEYLESS'],
  propose: (place) => {
    const port = Number(/by a hash on port (\d+)/.exec(place.problem.message)?.[1] ?? 0);
    return port > 0
      ? [
          setting(place, ['namePort', `Name port ${port} in the destination`], [...place.path, 'port'], {
            number: port,
          }),
        ]
      : [];
  },
};
