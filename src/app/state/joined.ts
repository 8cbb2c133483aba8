import { keepEqual } from '../../core/base/keep.ts';
import { sameItems } from '../../core/base/lists.ts';
import type { GraphNode } from '../../core/graph/types.ts';
import type { JoinedAnswer, JoinedNote } from '../../core/workspace/joined/types.ts';
import { send } from './port.ts';
import { store } from './store.ts';
import type { AppState } from './types.ts';

/** How long typing must rest: the engine compiles anew after an edit. */
const PAUSE_MS = 250;
let waiting: ReturnType<typeof setTimeout> | undefined;
let lastId = 0;

const NO_NOTES: ReadonlyMap<string, JoinedNote> = new Map();

/** Asks again whenever caller, selection or workspace change: at once, or when the typing rests. Gives the function that ends it. */
export function followJoined(): () => void {
  const end = store.subscribe((state, before) => {
    const isNew = state.caller !== before.caller || state.selection !== before.selection;
    if (!isNew && state.nodes === before.nodes && state.resources === before.resources) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, isNew ? 0 : PAUSE_MS);
  });
  return () => {
    clearTimeout(waiting);
    end();
  };
}

function ask(): void {
  const { caller, nodes, selection } = store.getState();
  lastId += 1;
  if (nodes.size === 0) store.setState({ joined: undefined, joinedNotes: NO_NOTES });
  else send({ kind: 'joined', id: lastId, question: { caller, node: pickedNode(nodes, selection.ids.at(-1)) } });
}

/** The VirtualService, service or external host that is picked, or whose row is. */
function pickedNode(nodes: AppState['nodes'], id: string | undefined): string | null {
  if (id === undefined) return null;
  const own = nodes.get(id);
  if (own) return hasRules(own) ? id : null;
  for (const node of nodes.values()) if (hasRules(node) && node.rows.some((row) => row.id === id)) return node.id;
  return null;
}

const hasRules = ({ kind, host }: GraphNode): boolean => kind === 'virtualService' || host !== undefined;

/** Takes in the worker's answer; an older one than asked for last is of no use. What says the same stays the same object. */
export function takeJoined(id: number, joined: JoinedAnswer): void {
  if (id !== lastId) return;
  const { joined: before, joinedNotes: notes } = store.getState();
  const { notes: now, ...rest } = { ...joined, off: keepEqual(before?.off, joined.off) };
  const kept = now.map((note) => keepEqual(notes.get(note.node), note));
  store.setState({
    joined: keepEqual(before, { ...rest, notes: [] }),
    joinedNotes: sameItems([...notes.values()], kept) ? notes : new Map(kept.map((note) => [note.node, note])),
  });
}
