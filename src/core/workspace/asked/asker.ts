import type { Result } from '../../base/result.ts';
import { INTERNET } from '../../graph/index.ts';
import type { Graph, GraphNode, RuleRow } from '../../graph/types.ts';
import type { Mesh } from '../../mesh/types.ts';
import { formOfRequest, proxyOfText, requestOfForm, textOfProxy } from '../../routing/request-text.ts';
import type { RequestForm } from '../../routing/request-text.ts';
import type { Decision, Place, Proxy, Reason, Request, RuleRef, RuleVerdict } from '../../routing/types.ts';
import { endingOf } from '../../simulation/run.ts';
import type { Scenario } from '../../simulation/types.ts';
import { lineIndex } from '../../text/index.ts';
import { valueAt } from '../../yaml/model.ts';
import { readyFor, type Ready } from '../ready.ts';
import { edgesOf, type DirectWay } from '../traffic.ts';
import type { Session } from '../types.ts';
import { keptRequests } from './kept.ts';
import { saidOutcomes } from './outcomes.ts';
import type { CallerChoice, Question, RequestAnswer, Said, SaidRule, TextPlace, Trace } from './types.ts';
import { wayReasons } from './way.ts';
import { witnessOf } from './witness.ts';

/** What of a session an answer follows from. */
export type Asked = Pick<Session, 'projection' | 'rangeOf'>;
type RoutingEngine = Ready['engine'];

const MOST_CHOICES = 200;
const MOST_SUGGESTIONS = 3;
/** Rules that are said at most: more than anybody reads, few enough to send with every answer. */
const MOST_RULES = 120;

/** Answers questions about one request. The engine is built at the first question after an edit, and kept until the next edit. */
export function createAsker(): (session: Asked, question: Question) => RequestAnswer {
  return (session, question) => {
    const { mesh, graph } = session.projection();
    const ready = readyFor(mesh);
    const { engine, scenario } = ready;
    const common = {
      callers: callersOf(mesh, graph, scenario),
      suggestions: scenario.callers.slice(0, MOST_SUGGESTIONS).flatMap(({ proxy, requests }) => {
        const [first] = requests;
        return first ? [formOfRequest(first.request, proxy)] : [];
      }),
      kept: keptRequests(mesh, engine),
    };
    const about = question.rule === undefined ? undefined : aboutRule(session, ready, question.rule);
    if (about?.kind === 'none') return { ...common, refusal: about.text };
    const form = about?.form ?? question.form;
    if (!form) return common;
    const request = requestOfForm(form);
    if (request.kind === 'refused') return { ...common, form, refusal: sentence(request) };
    const trace = traceOf(session, engine, proxyOfText(form.from), request.value);
    return { ...common, form, trace, about: about && { reached: about.reached, text: about.text } };
  };
}

const sentence = (refused: Extract<Result<never>, { kind: 'refused' }>): string =>
  `${refused.message} ${refused.remedy ?? ''}`.trim();

function callersOf(mesh: Mesh, graph: Graph, scenario: Scenario): readonly CallerChoice[] {
  const choices = new Map<string, CallerChoice>();
  const add = (proxy: Proxy): void => {
    const from = textOfProxy(proxy);
    if (choices.size >= MOST_CHOICES || choices.has(from)) return;
    const labels = Object.entries(proxy.labels ?? {}).map(([key, value]) => `${key}=${value}`);
    const who = labels.length === 0 ? 'any workload' : labels.join(', ');
    const label =
      proxy.type === 'gateway'
        ? `Internet, through ${labels.join(', ') || 'any gateway'}${proxy.namespace === 'istio-system' ? '' : ` in ${proxy.namespace}`}`
        : `${who} in ${proxy.namespace}`;
    choices.set(from, { from, label });
  };
  for (const { proxy } of scenario.callers) if (proxy.type === 'gateway') add(proxy);
  for (const gateway of mesh.byKind.get('Gateway') ?? []) {
    const selector = valueAt(gateway.value, ['spec', 'selector']);
    if (typeof selector !== 'object' || selector === null || Array.isArray(selector)) continue;
    const labels = Object.fromEntries(Object.entries(selector).map(([key, value]) => [key, String(value)]));
    add({ type: 'gateway', namespace: 'istio-system', labels });
  }
  for (const { proxy } of scenario.callers) add(proxy);
  for (const { caller, id } of graph.nodes)
    if (caller?.kind === 'workload' && id !== INTERNET)
      add({ type: 'sidecar', namespace: caller.namespace, labels: caller.labels });
  return [...choices.values()];
}

type About =
  | { readonly kind: 'none'; readonly text: string }
  | { readonly kind: 'witness'; readonly form: RequestForm; readonly reached: boolean; readonly text: string };

/** A request for the rule in a row of the canvas, with what becomes of it. */
function aboutRule(session: Asked, { mesh, engine, scenario }: Ready, id: string): About {
  const { graph } = session.projection();
  const node = graph.nodes.find(({ rows }) => rows.some((row) => row.id === id));
  const row = node?.rows.find((one): one is RuleRow => one.id === id && one.kind === 'rule');
  const resource = node?.resource === undefined ? undefined : mesh.byId.get(node.resource);
  if (!row || !resource) return { kind: 'none', text: 'This rule is no longer there. Pick another one.' };
  const known = scenario.callers.map(({ proxy }) => proxy);
  const witness = witnessOf({ mesh, engine, known }, resource, row);
  if (!witness) {
    const text = `No request reaches ${row.name}: no gateway that is there, and nobody in the mesh, is led to ${resource.id}.`;
    return { kind: 'none', text };
  }
  const { form, proxy, reached, why } = witness;
  if (reached) return { kind: 'witness', form, reached, text: `This request reaches ${row.name}.` };
  const request = requestOfForm(form);
  const rules = request.kind === 'ok' ? engine.explain(proxy, request.value).rules : [];
  const own = rules.find(({ rule }) => sameRule(rule, resource.id, row));
  const because = own ? `: ${own.text}.` : `. ${why}`;
  const text = `No request was found that reaches ${row.name}. This one fulfils its conditions${because}`;
  return { kind: 'witness', form, reached, text };
}

function sameRule(rule: RuleRef, resource: string, row: RuleRow): boolean {
  return rule.resource === resource && rule.path[1] === row.protocol && rule.path[2] === row.number - 1;
}

function traceOf(session: Asked, engine: RoutingEngine, proxy: Proxy, request: Request): Trace {
  const { mesh, graph, files } = session.projection();
  const explanation = engine.explain(proxy, request);
  const { decision } = explanation;
  const nodes = new Map<string, GraphNode>();
  for (const node of graph.nodes) if (node.resource !== undefined) nodes.set(node.resource, node);
  const rowOf = (rule: RuleRef | undefined): RuleRow | undefined =>
    rule &&
    nodes
      .get(rule.resource)
      ?.rows.find((row): row is RuleRow => row.kind === 'rule' && sameRule(rule, rule.resource, row));
  const placeOf = (place: Place | undefined): TextPlace | undefined => {
    const resource = place && mesh.byId.get(place.resource);
    if (!place || !resource) return undefined;
    const found = session.rangeOf({ ...resource.source, path: [...resource.source.path, ...place.path] });
    const text = found && files.find(({ id }) => id === found.file)?.text;
    if (!found || text === undefined) return undefined;
    const lines = lineIndex(text);
    const from = found.range.from + (/^[\s-]*/.exec(text.slice(found.range.from, found.range.to))?.[0].length ?? 0);
    return { ...found, line: lines.position(Math.min(from, found.range.to)).line };
  };
  const said = ({ text, place }: Reason): Said => ({ text, place: placeOf(place) });
  const taken = explanation.rules.findIndex(({ verdict }) => verdict === 'taken');
  const rules = explanation.rules.filter((_, at) => at < MOST_RULES || Math.abs(at - taken) < MOST_RULES / 4);
  const row = rowOf(decision.rule);
  const written = (field: string): boolean => {
    const rule = decision.rule && mesh.byId.get(decision.rule.resource);
    return rule !== undefined && valueAt(rule.value, [...(decision.rule?.path ?? []), field]) !== undefined;
  };
  return {
    entry: explanation.entry.map(said),
    rules: rules.map((verdict) => saidRule(verdict, rowOf(verdict.rule), placeOf)),
    leftOut: explanation.rules.length - rules.length,
    outcomes: saidOutcomes(decision, engine.compiled(proxy), row),
    way: wayReasons(decision, request, written).map(said),
    exit: explanation.exit.map(said),
    ...wayOnCanvas(graph, proxy, decision),
  };
}

function saidRule(
  verdict: RuleVerdict,
  row: RuleRow | undefined,
  placeOf: (place: Place) => TextPlace | undefined,
): SaidRule {
  const { rule, name, text, verdict: became } = verdict;
  const at = rule.path[2];
  const number = typeof at === 'number' ? String(at + 1) : '?';
  const several = (row?.matches.length ?? 0) > 1 && rule.match !== undefined;
  const words = row?.matches[rule.match ?? 0];
  return {
    number: several ? `${number}.${(rule.match ?? 0) + 1}` : number,
    title: name,
    resource: rule.resource,
    conditions: words === undefined || words === 'any request' ? [] : words.split(' · '),
    verdict: became,
    // The verdict says it already.
    text: text.replace(/^not reached: /, ''),
    place: placeOf(verdict.place),
    row: row?.id,
  };
}

/** Every edge that an outcome may take, and every way that has none, each once. */
function wayOnCanvas(
  graph: Graph,
  proxy: Proxy,
  { gateway, server, rule, root, outcomes }: Decision,
): Pick<Trace, 'edges' | 'direct'> {
  const edges = new Set<string>();
  const ways = new Map<string, DirectWay>();
  const way = {
    ...(gateway && { gateway }),
    ...(server !== undefined && { server }),
    ...(rule && { rule }),
    ...(root && { root }),
  };
  for (const outcome of outcomes) {
    const status = outcome.status ?? 0;
    const drawn = {
      ...way,
      ...outcome,
      status,
      number: 0,
      caller: 0,
      departUs: 0,
      latencyUs: 0,
      ending: endingOf(outcome),
    };
    const hops = edgesOf(graph, proxy, drawn);
    for (const edge of [...hops.way, ...hops.copies]) edges.add(edge.id);
    if (hops.direct) ways.set(hops.direct.to, hops.direct);
  }
  return { edges: [...edges], direct: [...ways.values()] };
}
