import { evenShares } from '../../core/commands/parse-shares.ts';
import type { GraphNode, GraphRow, RuleRow } from '../../core/graph/types.ts';
import { actions, getAppState } from '../state/index.ts';
import { fitAll, fitNodes, zoomBy, zoomTo } from './camera.ts';
import { elementOf, focusItem } from './focus.ts';
import { commitWeights } from './gestures/divider.ts';
import { moveRule, siblings } from './gestures/reorder.ts';
import { connected } from './scene/reach.ts';
import { type AddableKind, spotFor } from './spots.ts';
import { moveByHand, stage } from './stage.ts';
import { canvasState, setCanvas, speak } from './ui-state.ts';

export const ZOOM_STEP = 1.25;

/** What an id of the canvas stands for. */
export interface Found {
  readonly node: GraphNode;
  readonly row?: GraphRow | undefined;
}

/** Looks an id up; `undefined` where the graph has it no more. */
export function find(id: string | null | undefined): Found | undefined {
  if (id === null || id === undefined) return undefined;
  const { nodes } = getAppState();
  const own = nodes.get(id);
  if (own) return { node: own };
  for (const node of nodes.values()) {
    const row = node.rows.find((each) => each.id === id);
    if (row) return { node, row };
  }
  return undefined;
}

/** What a command is about: what has the focus on the canvas, or else what was picked last. */
export function subject(): string | undefined {
  const { active } = canvasState();
  if (active !== null && elementOf(active)?.contains(document.activeElement)) return active;
  return getAppState().selection.ids.at(-1) ?? active ?? undefined;
}

const ruleOf = (found: Found | undefined): RuleRow | undefined => (found?.row?.kind === 'rule' ? found.row : undefined);
const locked = (found: Found): boolean => {
  if (!found.node.stale) return false;
  actions.notify({
    tone: 'info',
    message: `The text of ${found.node.name} is broken just now.`,
    remedy: 'Repair it first: see Problems.',
  });
  return true;
};

/** Begins to rename a node in place. */
export function rename(id = subject()): void {
  const found = find(id);
  if (!found || found.row || found.node.resource === undefined || locked(found)) return;
  focusItem(found.node.id);
  setCanvas({ renaming: found.node.id });
}

/** Deletes what an id stands for: a resource, a rule, or the item of the text behind a row. */
export function remove(id = subject()): void {
  const found = find(id);
  if (!found || locked(found)) return;
  const { node, row } = found;
  if (!row) {
    if (node.resource === undefined) return speak('There is no document to delete here');
    void actions.gesture({ kind: 'deleteResource', resource: node.resource });
  } else if (row.source && row.kind === 'rule') void actions.gesture({ kind: 'removeRule', rule: row.source });
  else if (row.source && row.kind !== 'rest') void actions.gesture({ kind: 'removeField', at: row.source });
  else return;
  focusItem(node.id);
}

/** Deletes everything that is picked, or what has the focus. */
export function removeSelected(): void {
  const about = subject();
  const { ids } = getAppState().selection;
  if (about !== undefined && !ids.includes(about)) return remove(about);
  for (const id of ids) remove(id);
}

/** Begins to type the shares of a rule. */
export function typeShares(id = subject()): void {
  const found = find(id);
  const rule = ruleOf(found);
  if (!found || !rule || rule.destinations.length < 2 || locked(found)) return;
  focusItem(rule.id);
  setCanvas({ typing: rule.id });
}

/** Gives every destination of a rule the same share. */
export function splitEvenly(id = subject()): void {
  const found = find(id);
  const rule = ruleOf(found);
  if (found && rule && rule.destinations.length > 1 && !locked(found))
    commitWeights(rule, evenShares(rule.destinations.length));
}

/** Opens the list of what a rule can be connected to, beside it. */
export function openConnectMenu(id = subject()): void {
  const found = find(id);
  const rule = ruleOf(found);
  if (!found || !rule || locked(found)) return;
  const element = elementOf(rule.id);
  const rect = element?.getBoundingClientRect();
  const canvas = element?.closest('.cv')?.getBoundingClientRect();
  const [x, y] = rect && canvas ? [rect.right - canvas.left, rect.top - canvas.top] : [0, 0];
  setCanvas({ active: rule.id, connectMenu: { rule: rule.id, x, y } });
}

/** Moves a rule up (-1) or down (1) in its list; the focus goes with it. */
export function shiftRule(by: 1 | -1, id = subject()): void {
  const found = find(id);
  const rule = ruleOf(found);
  if (!found || !rule || locked(found)) return;
  moveRule(found.node, rule, siblings(found.node, rule).indexOf(rule) + by);
}

/** Adds a rule to a VirtualService: before the rule that is meant, or at the end. */
export function addRule(id = subject()): void {
  const found = find(id);
  if (found?.node.kind !== 'virtualService' || found.node.resource === undefined || locked(found)) return;
  const rule = ruleOf(found);
  const before = rule ? siblings(found.node, rule).indexOf(rule) : undefined;
  void actions.gesture({ kind: 'addRule', resource: found.node.resource, ...(before === undefined ? {} : { before }) });
}

/** Adds a subset with the next free name to a service's DestinationRule. */
export function addSubset(id = subject()): void {
  const found = find(id);
  if (found?.node.host === undefined || locked(found)) return;
  const taken = new Set(found.node.rows.flatMap((row) => (row.kind === 'subset' ? [row.title] : [])));
  let number = 1;
  while (taken.has(`v${String(number)}`)) number += 1;
  void actions.gesture({ kind: 'addSubset', host: found.node.host, name: `v${String(number)}` });
}

/** Makes a copy of a resource beside it. */
export function duplicate(id = subject()): void {
  const found = find(id);
  if (found?.node.resource !== undefined && !locked(found))
    void actions.gesture({ kind: 'duplicateResource', resource: found.node.resource });
}

/** Adds a resource; a service that is picked, or that `over` names, lends its host. Its node comes to stand where `spot` says. */
export function add(kind: AddableKind, spot = spotFor(kind), over = getAppState().selection.ids.at(-1)): void {
  const host = find(over)?.node.host;
  actions.startEditing();
  void actions.gesture({
    kind: 'addResource',
    resourceKind: kind,
    ...(host === undefined || kind === 'Gateway' || kind === 'ServiceEntry' ? {} : { host }),
    ...(spot ? { at: spot } : {}),
  });
}

/** Picks an item and shows its text; the focus stays here. */
export function open(id = subject()): void {
  if (id !== undefined) actions.select([id], { reveal: true });
}

/** Removes the destination of a split that has the focus. */
function removeDestination(): void {
  const part = document.activeElement?.closest<HTMLElement>('[data-destination]');
  const row = ruleOf(find(subject()));
  const destination = row?.destinations.find((each) => each.id === part?.dataset['destination']);
  if (destination) void actions.gesture({ kind: 'removeDestination', destination: destination.source });
}

/** Picks all nodes that lead to what is picked, that it leads to, or both. */
function selectConnected(way: 'up' | 'down' | 'both'): void {
  const { selection, nodes, edges } = getAppState();
  const begin = selection.ids.flatMap((id) => find(id)?.node.id ?? []);
  const found = connected(begin, edges.values(), way);
  actions.select(
    [...nodes.keys()].filter((id) => found.has(id)),
    { reveal: false },
  );
  speak(`${String(found.size)} selected`);
}

/** Moves the node with the focus by steps of the grid; told to the worker once the keys rest. */
export function nudge(dx: number, dy: number, id = subject()): void {
  const found = find(id);
  const placed = found && stage.scene.nodes.get(found.node.id);
  if (!placed) return;
  nudged.set(placed.node.id, { x: placed.x + dx, y: placed.y + dy });
  moveByHand(nudged);
  clearTimeout(resting);
  resting = setTimeout(() => {
    actions.send({ kind: 'moveNodes', positions: [...nudged], label: `Move ${placed.node.name}`, at: Date.now() });
    speak(`${placed.node.name} moved`);
    nudged.clear();
  }, REST_MS);
}
const REST_MS = 500;
const nudged = new Map<string, { x: number; y: number }>();
let resting: ReturnType<typeof setTimeout> | undefined;

/** The canvas's commands by id (see `core/commands`), for the command bus: palette, keys and menus run these. */
export const canvasCommands = {
  'edit.rename': () => rename(),
  'edit.delete': removeSelected,
  'edit.duplicate': () => duplicate(),
  'rule.add': () => addRule(),
  'rule.moveUp': () => shiftRule(-1),
  'rule.moveDown': () => shiftRule(1),
  'rule.connect': () => openConnectMenu(),
  'rule.shares': () => typeShares(),
  'rule.even': () => splitEvenly(),
  'add.gateway': () => add('Gateway'),
  'add.virtualService': () => add('VirtualService'),
  'add.destinationRule': () => add('DestinationRule'),
  'add.serviceEntry': () => add('ServiceEntry'),
  'add.subset': () => addSubset(),
  'destination.remove': removeDestination,
  'add.any': () => actions.setPaletteOpen(true),
  'select.upstream': () => selectConnected('up'),
  'select.downstream': () => selectConnected('down'),
  'select.connected': () => selectConnected('both'),
  'select.all': () => actions.select([...getAppState().nodes.keys()], { reveal: false }),
  'select.none': () => actions.select([], { reveal: false }),
  'view.fit': fitAll,
  'view.fitSelection': () => fitNodes(new Set(getAppState().selection.ids)),
  'view.zoomIn': () => zoomBy(ZOOM_STEP),
  'view.zoomOut': () => zoomBy(1 / ZOOM_STEP),
  'view.zoomReset': () => zoomTo(1),
  'view.tidy': () => actions.send({ kind: 'tidy', at: Date.now() }),
} satisfies Record<string, () => void>;
