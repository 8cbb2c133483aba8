import { resourcesOf } from '../src/cli/resources.ts';
import { caseOptions, createEngine } from '../src/core/routing/index.ts';
import type { Explanation, Place, Reason, RuleRef } from '../src/core/routing/index.ts';
import type { Resource } from '../src/core/istio/types.ts';
import { entryAt } from '../src/core/yaml/index.ts';
import { valueAt } from '../src/core/yaml/model.ts';
import type { RecordedCase, RecordedResult } from './routes-compare.ts';

/** A recorded request with what our engine explains. */
export interface Explained {
  readonly name: string;
  readonly want: RecordedResult;
  readonly said: Explanation;
  readonly resources: ReadonlyMap<string, Resource>;
}

/** Every request of a record, explained. */
export function explained(record: RecordedCase): readonly Explained[] {
  const all = resourcesOf([{ name: record.name, text: record.config }]);
  const engine = createEngine(all, caseOptions(record));
  const resources = new Map(all.map((resource) => [resource.id, resource]));
  return record.results.flatMap((want) => {
    const request = record.requests.find(({ id }) => id === want.id);
    const proxy = request && record.proxies[request.from];
    if (request === undefined || proxy === undefined) return [];
    return [{ name: `${record.name} ${want.id}`, want, said: engine.explain(proxy, request), resources }];
  });
}

/** What is wrong with a place: there is no such thing in the document of its resource. */
function placeFault({ resources }: Explained, { resource, path }: Place): string | undefined {
  const found = resources.get(resource);
  if (found === undefined) return `${resource} is not there`;
  const { document, source } = found;
  const entry = entryAt(document, [...source.path, ...path]);
  if (entry === undefined) return `${resource} has no ${path.join('.')}`;
  const { from, to } = entry.lines;
  const isInside = from >= 0 && from < to && to <= document.text.length;
  const isNamed = valueAt(found.value, ['metadata', 'name']) === found.name;
  return isInside && isNamed ? undefined : `${path.join('.')} lies outside of ${resource}`;
}

const same = (a: RuleRef | undefined, b: RuleRef | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

function ruleFault({ said, want }: Explained): string | undefined {
  const { decision, rules } = said;
  const taken = rules.filter(({ verdict }) => verdict === 'taken');
  // A connection's decision names the rule; the explanation, which of its entries.
  const whole = (rule: RuleRef | undefined): RuleRef | undefined =>
    decision.route !== undefined || rule === undefined ? rule : { resource: rule.resource, path: rule.path };
  if (decision.rule !== undefined && (taken.length !== 1 || !same(whole(taken[0]?.rule), decision.rule)))
    return `${taken.length} rules are taken, none of them the one that decides`;
  if (decision.rule === undefined && taken.length > 0) return 'a rule is taken where none decides';
  const at = rules.findIndex(({ verdict }) => verdict === 'taken');
  if (rules.slice(0, Math.max(0, at)).some(({ verdict }) => verdict === 'later'))
    return 'a rule in front is not reached';
  const config = want.route?.['config'];
  if (typeof config !== 'string' || config === '') return undefined;
  const named = [decision.rule, decision.root].map((rule) => rule?.resource.replace(/ ~\d+$/, ''));
  return named.includes(config.replace('virtual-service', 'VirtualService')) ? undefined : `the record names ${config}`;
}

/** What is wrong with an explanation: another rule than the one that was recorded, or a place that is not there. */
export function explanationFaults(one: Explained): readonly string[] {
  const { entry, rules, exit } = one.said;
  const reasons: readonly Reason[] = [...entry, ...rules, ...exit];
  const faults = [ruleFault(one), ...reasons.map(({ place }) => place && placeFault(one, place))];
  if (reasons.some(({ text }) => text === '')) faults.push('a reason without words');
  return [...new Set(faults.flatMap((fault) => (fault === undefined ? [] : [`${one.name}: ${fault}`])))];
}
