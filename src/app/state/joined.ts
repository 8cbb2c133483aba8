import type { JoinedAnswer } from '../../core/workspace/joined/types.ts';
import { send } from './port.ts';
import { store } from './store.ts';
import type { AppState } from './types.ts';

/** How long typing must rest: the engine compiles anew after an edit. */
const PAUSE_MS = 250;
let waiting: ReturnType<typeof setTimeout> | undefined;
let lastId = 0;

/** Asks again whenever caller, selection or workspace change, as long as there is something to know. Gives the function that ends it. */
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
  const state = store.getState();
  const node = pickedVirtualService(state);
  const { caller } = state;
  lastId += 1;
  if (caller === null && node === null) store.setState({ joined: undefined });
  else send({ kind: 'joined', id: lastId, question: { caller, node } });
}

function pickedVirtualService({ nodes, selection }: AppState): string | null {
  const id = selection.ids.at(-1);
  if (id === undefined) return null;
  const own = nodes.get(id);
  if (own) return own.kind === 'virtualService' ? id : null;
  for (const node of nodes.values())
    if (node.kind === 'virtualService' && node.rows.some((row) => row.id === id)) return node.id;
  return null;
}

/** Takes in the worker's answer; an older one than asked for last is of no use. */
export function takeJoined(id: number, joined: JoinedAnswer): void {
  if (id === lastId) store.setState({ joined });
}
