import { type Node, type NodeChange, ReactFlow, useReactFlow, useStoreApi } from '@xyflow/react';
import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { GRID } from '../../core/graph/index.ts';
import type { NodeId, Point } from '../../core/graph/types.ts';
import { actions, getAppState } from '../state/index.ts';
import { connectCamera, firstLook, MAX_ZOOM, MIN_ZOOM } from './camera.ts';
import { NodeCard } from './cards/NodeCard.tsx';
import { overlap } from './scene/measure.ts';
import { hold, letGo, moveByHand, onScene, setView, stage } from './stage.ts';
import { speak, useCanvas } from './ui-state.ts';
import { type CardNode, currentCards, onCards, setDragging } from './window.ts';

const nodeTypes = { card: NodeCard };
const SNAP: [number, number] = [GRID, GRID];
const PAN_BUTTONS = [0, 1];
const NO_EDGES: never[] = [];
/** Its name stands in the tool bar, where it covers no card. */
const OPTIONS = { hideAttribution: true };

/** Pan, zoom, drag and box selection. It is handed the cards near the view alone; everything else is painted on canvases. */
export function Surface(): ReactNode {
  const { cards } = useSyncExternalStore(onCards, currentCards);
  const panning = useCanvas((state) => state.panning);
  const flow = useReactFlow();
  const store = useStoreApi();
  const box = useRef<Box | null>(null);

  useEffect(() => connectCamera((viewport, glideMs) => void flow.setViewport(viewport, { duration: glideMs })), [flow]);
  useEffect(() => {
    const follow = (): void => {
      const { transform, width, height, userSelectionRect } = store.getState();
      if (userSelectionRect) box.current = userSelectionRect;
      const [x, y, zoom] = transform;
      const { view } = stage;
      if (view.x === x && view.y === y && view.zoom === zoom && view.width === width && view.height === height) return;
      setView({ x, y, zoom, width, height });
    };
    follow();
    return store.subscribe(follow);
  }, [store]);
  useFirstLook();

  return (
    <ReactFlow
      nodes={[...cards]}
      edges={NO_EDGES}
      proOptions={OPTIONS}
      nodeTypes={nodeTypes}
      minZoom={MIN_ZOOM}
      maxZoom={MAX_ZOOM}
      nodesDraggable={!panning}
      nodesFocusable={false}
      nodesConnectable={false}
      edgesFocusable={false}
      disableKeyboardA11y
      deleteKeyCode={null}
      multiSelectionKeyCode={null}
      panOnDrag={PAN_BUTTONS}
      snapToGrid
      snapGrid={SNAP}
      nodeDragThreshold={3}
      zoomOnDoubleClick={false}
      elevateNodesOnSelect={false}
      onNodesChange={takeChanges}
      onNodeDragStart={(_event, _node, nodes) => beginDrag(nodes)}
      onNodeDragStop={(_event, _node, nodes) => endDrag(nodes)}
      onSelectionStart={() => (box.current = null)}
      onSelectionEnd={() => selectBox(box.current)}
      onMoveEnd={() => actions.setZoom(stage.view.zoom)}
    />
  );
}

let cancelled = false;
let origins: readonly (readonly [NodeId, Point])[] = [];

function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  event.stopPropagation();
  cancelled = true;
  moveByHand(origins);
  for (const [id] of origins) stage.moved.delete(id);
}

function beginDrag(nodes: readonly Node[]): void {
  cancelled = false;
  origins = nodes.flatMap(({ id }) => {
    const placed = stage.scene.nodes.get(id);
    return placed ? [[id, { x: placed.x, y: placed.y }] as const] : [];
  });
  hold();
  setDragging(new Set(nodes.map((node) => node.id)));
  window.addEventListener('keydown', onEscape, true);
}

function endDrag(nodes: readonly Node[]): void {
  window.removeEventListener('keydown', onEscape, true);
  letGo();
  setDragging(new Set());
  if (cancelled) return;
  const positions = nodes.flatMap(({ id }) => {
    const placed = stage.scene.nodes.get(id);
    const origin = origins.find(([each]) => each === id)?.[1];
    return placed && origin && (placed.x !== origin.x || placed.y !== origin.y)
      ? [[id, { x: placed.x, y: placed.y }] as const]
      : [];
  });
  if (positions.length === 0) return;
  const first = stage.scene.nodes.get(positions[0]?.[0] ?? '')?.node.name ?? '';
  const label = positions.length === 1 ? `Move ${first}` : `Move ${String(positions.length)} nodes`;
  actions.send({ kind: 'moveNodes', positions, label, at: Date.now() });
  speak(positions.length === 1 ? `${first} moved` : `${String(positions.length)} nodes moved`);
}

function takeChanges(changes: NodeChange<CardNode>[]): void {
  if (cancelled) return;
  const places = changes.flatMap((change) =>
    change.type === 'position' && change.position && change.dragging ? [[change.id, change.position] as const] : [],
  );
  if (places.length > 0) moveByHand(places);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function selectBox(box: Box | null): void {
  if (!box || (box.width < 3 && box.height < 3)) return;
  const { view, scene } = stage;
  const rect = {
    x: (box.x - view.x) / view.zoom,
    y: (box.y - view.y) / view.zoom,
    width: box.width / view.zoom,
    height: box.height / view.zoom,
  };
  const ids = [...scene.nodes.values()].filter((placed) => overlap(placed, rect)).map((placed) => placed.node.id);
  actions.select(ids, { reveal: false });
  speak(`${String(ids.length)} selected`);
}

/** Shows the graph once for each set of files that is opened; edits never move the view. */
function useFirstLook(): void {
  useEffect(() => {
    let seen = '';
    let pending = 0;
    const look = (): void => {
      const { files, nodes } = getAppState();
      const { view, scene } = stage;
      if (nodes.size === 0) seen = '';
      if (scene.nodes.size === 0 || view.width === 0) return;
      const opened = files.map((file) => file.id).join('\n');
      const known = seen.split('\n').some((file) => opened.split('\n').includes(file));
      if (known && seen !== '') {
        seen = opened;
        return;
      }
      seen = opened === '' ? '-' : opened;
      cancelAnimationFrame(pending);
      const { viewIsSet } = stage;
      stage.viewIsSet = false;
      if (viewIsSet) return;
      pending = requestAnimationFrame(firstLook);
    };
    const ends = [onScene(look)];
    const waiting = setInterval(() => {
      if (stage.view.width === 0) return;
      clearInterval(waiting);
      look();
    }, 16);
    return () => {
      clearInterval(waiting);
      cancelAnimationFrame(pending);
      ends.forEach((end) => end());
    };
  }, []);
}
