import '@xyflow/react/dist/base.css';
import './canvas.css';
import { ReactFlowProvider } from '@xyflow/react';
import { type DragEvent, type MouseEvent, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { actions, getAppState, subscribeAppState, useAppState } from '../state/index.ts';
import { later, useCommands } from '../ui/index.ts';
import { revealIfHidden, zoomTo } from './camera.ts';
import { Captions } from './Captions.tsx';
import { add, canvasCommands, find, rename, typeShares } from './commands.ts';
import { elementOf, focusItem } from './focus.ts';
import { canvasPoint } from './gestures/connect.ts';
import { itemOf, onCanvasKey, watchSpace } from './keys.ts';
import { CanvasMenu } from './menus/CanvasMenu.tsx';
import { closestItem, type Item, itemAt, itemById } from './scene/scene.ts';
import { SceneCanvas } from './SceneCanvas.tsx';
import { type AddableKind, addableKinds, spotUnder } from './spots.ts';
import { connectStage, onScene, onView, stage } from './stage.ts';
import { Surface } from './Surface.tsx';
import { Toolbar } from './Toolbar.tsx';
import { TrafficOverlay } from './TrafficOverlay.tsx';
import { canvasState, setCanvas, subscribeCanvas, useCanvas } from './ui-state.ts';
import { connectWindow } from './window.ts';

// They open when somebody asks, so their code comes after the first picture.
const ConnectMenu = later(async () => (await import('./menus/ConnectMenu.tsx')).ConnectMenu);
const JoinedPopover = later(async () => (await import('./cards/JoinedPopover.tsx')).JoinedPopover);

const KIND = 'application/x-meshwright-kind';

/** The graph: cards and wires, gestures, traffic. Everything that it shows comes from the store; everything that it does goes through `actions`. */
export function Canvas(): ReactNode {
  const [dropping, setDropping] = useState(false);
  useEffect(() => {
    const ends = [connectStage(), connectWindow(), keepTabStop(), followSelection(), watchSpace()];
    return () => ends.forEach((end) => end());
  }, []);
  useCommands(canvasCommands);
  const onDragOver = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(KIND)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setDropping(true);
  };
  const onDrop = (event: DragEvent): void => {
    setDropping(false);
    const kind = addableKinds.find((each) => each === event.dataTransfer.getData(KIND));
    if (!kind) return;
    event.preventDefault();
    drop(kind, event);
  };
  return (
    <section className="cv" aria-label="Canvas">
      <CanvasMenu>
        <div
          className="cv-surface"
          data-dropping={dropping ? '' : undefined}
          onClick={pick}
          onDoubleClick={openUnder}
          onKeyDown={onCanvasKey}
          onDragOver={onDragOver}
          onDragLeave={() => setDropping(false)}
          onDrop={onDrop}
        >
          <SceneCanvas />
          <TrafficOverlay />
          <ReactFlowProvider>
            <Surface />
          </ReactFlowProvider>
          <Captions />
          <Empty />
          <WireTip />
          <DropLine />
        </div>
      </CanvasMenu>
      <Toolbar />
      <Asked />
      <Announcer />
    </section>
  );
}

function Asked(): ReactNode {
  const connects = useCanvas((state) => state.connectMenu !== null);
  const joins = useCanvas((state) => state.joinedOf !== null);
  const [used, setUsed] = useState({ connects, joins });
  if ((connects && !used.connects) || (joins && !used.joins))
    setUsed({ connects: connects || used.connects, joins: joins || used.joins });
  // Once used they stay, closed: they give the focus back when they close.
  return (
    <>
      {used.connects && <ConnectMenu />}
      {used.joins && <JoinedPopover />}
    </>
  );
}

function drop(kind: AddableKind, event: DragEvent): void {
  const point = canvasPoint(event.currentTarget, event.clientX, event.clientY);
  const over = itemAt(stage.scene, point)?.node;
  const host = find(over)?.node.host;
  // On a service it is for that service, and stands beside it.
  if (host !== undefined && (kind === 'VirtualService' || kind === 'DestinationRule'))
    return add(kind, undefined, over);
  stage.viewIsSet = stage.scene.nodes.size === 0;
  add(kind, spotUnder(kind, point), '');
}

function pick(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('input')) return;
  const id = itemOf(event.target) ?? under(event)?.node;
  const { ids } = getAppState().selection;
  if (id === undefined) {
    if (ids.length > 0 && !event.shiftKey) actions.select([], { reveal: false });
    return;
  }
  const more = event.ctrlKey || event.metaKey || event.shiftKey;
  const next = !more ? [id] : ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
  setCanvas({ active: id });
  actions.select(next, { reveal: !more });
}

const under = (event: MouseEvent): ReturnType<typeof itemAt> =>
  itemAt(stage.scene, canvasPoint(event.currentTarget, event.clientX, event.clientY));

function openUnder(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.target.closest('input')) return;
  const id = itemOf(event.target);
  if (id === undefined) {
    const rect = event.currentTarget.getBoundingClientRect();
    if (under(event) && stage.view.zoom < 0.8) zoomTo(1, { x: event.clientX - rect.left, y: event.clientY - rect.top });
    return;
  }
  const found = find(id);
  if (found?.row?.kind === 'rule') typeShares(id);
  else if (found && event.target.closest('.cv-title')) rename(id);
}

// One item is always in the tab order: the one that had the focus last, or else the first of the graph. When an edit takes the item
// with the focus away, or gives it another name, the one that now stands nearest to its place takes over.
function keepTabStop(): () => void {
  let last: Item | undefined;
  const check = (): void => {
    const { active } = canvasState();
    const { scene } = stage;
    const item = active === null ? undefined : itemById(scene, active);
    if (item) {
      last = item;
      return;
    }
    const hadFocus = active !== null && elementOf(active)?.contains(document.activeElement) === true;
    const next = closestItem(scene, last ?? { x: 0, y: 0 });
    if (next && hadFocus) focusItem(next.id);
    else setCanvas({ active: next?.id ?? null });
  };
  check();
  const ends = [
    onScene(check),
    subscribeCanvas((state, before) => {
      if (state.active !== before.active && state.active !== null) last = itemById(stage.scene, state.active) ?? last;
    }),
  ];
  return () => ends.forEach((end) => end());
}

// What is picked elsewhere, or was just added, comes into view; the focus stays where it is, and so does the view while it can be seen.
function followSelection(): () => void {
  return subscribeAppState((state, before) => {
    const [id, ...others] = state.selection.ids;
    if (state.selection === before.selection || id === undefined || others.length > 0) return;
    const item = itemById(stage.scene, id);
    if (item) revealIfHidden(item);
  });
}

function Empty(): ReactNode {
  const empty = useAppState((state) => state.phase === 'editing' && state.nodes.size === 0);
  if (!empty) return null;
  return (
    <div className="cv-empty">
      <p className="cv-empty-title">Nothing is routed yet</p>
      <p>
        Paste Istio YAML on the left, or right-click here to add a Gateway, VirtualService, DestinationRule or
        ServiceEntry.
      </p>
    </div>
  );
}

const viewNow = (): typeof stage.view => stage.view;

// While a wire is drawn: why it can't end here, beside its end.
function WireTip(): ReactNode {
  const wire = useCanvas((state) => state.wire);
  const view = useSyncExternalStore(onView, viewNow);
  if (!wire || wire.refusal === null) return null;
  return (
    <div
      className="cv-tip"
      role="status"
      style={{ left: wire.to.x * view.zoom + view.x + 14, top: wire.to.y * view.zoom + view.y + 14 }}
    >
      {wire.refusal}
    </div>
  );
}

// While a rule is dragged: where it would go.
function DropLine(): ReactNode {
  const drag = useCanvas((state) => state.drag);
  const view = useSyncExternalStore(onView, viewNow);
  const found = find(drag?.rule);
  if (drag === null || found?.row?.kind !== 'rule') return null;
  const { node, row } = found;
  const rules = node.rows.filter((each) => each.kind === 'rule' && each.protocol === row.protocol);
  const own = rules.indexOf(row);
  const at = itemById(stage.scene, rules[drag.to]?.id ?? '');
  if (!at || drag.to === own) return null;
  const y = drag.to < own ? at.y : at.y + at.height;
  return (
    <div
      className="cv-drop-line"
      style={{ left: at.x * view.zoom + view.x, top: y * view.zoom + view.y - 1, width: at.width * view.zoom }}
    />
  );
}

function Announcer(): ReactNode {
  const spoken = useCanvas((state) => state.spoken);
  return (
    <div className="ui-hidden" role="status" aria-live="polite">
      {spoken}
    </div>
  );
}
