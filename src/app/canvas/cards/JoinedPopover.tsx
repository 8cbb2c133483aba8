import { Popover } from 'radix-ui';
import { type ReactNode, useMemo, useRef } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { IconButton, JoinedRules } from '../../ui/index.ts';
import { focusItem } from '../focus.ts';
import { setCanvas, useCanvas } from '../ui-state.ts';

/** The list that a card's strip opens: below the strip, wherever that goes, until Escape or a click elsewhere. */
export function JoinedPopover(): ReactNode {
  const id = useCanvas((state) => state.joinedOf);
  const node = useAppState((state) => (id === null ? undefined : state.nodes.get(id)));
  const noted = useAppState((state) => id !== null && state.joinedNotes.has(id));
  const lists = useAppState(({ joined }) => (joined?.node === id ? joined.lists : undefined));
  const strip = useMemo(
    () => ({ current: { getBoundingClientRect: () => stripOf(id)?.getBoundingClientRect() ?? new DOMRect() } }),
    [id],
  );
  const chosen = useRef<string | null>(null);
  const content = useRef<HTMLDivElement>(null);
  if (!node || !noted) return null;
  return (
    <Popover.Root open onOpenChange={(stays) => !stays && setCanvas({ joinedOf: null })}>
      <Popover.Anchor virtualRef={strip} />
      <Popover.Portal>
        <Popover.Content
          ref={content}
          className="ui-popover cv-joined-popover"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          updatePositionStrategy="always"
          aria-label={`Rules of ${node.name} as Istio joins them`}
          onOpenAutoFocus={(event) => {
            // Not the button that closes it, whose tooltip would lie over the list.
            event.preventDefault();
            content.current?.focus({ preventScroll: true });
          }}
          onInteractOutside={(event) => {
            // The strip closes it by itself.
            if (event.target instanceof Element && event.target.closest('.cv-joined')) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (chosen.current === null) stripOf(node.id)?.focus({ preventScroll: true });
            else focusItem(chosen.current);
            chosen.current = null;
          }}
        >
          <div className="cv-joined-head">
            <h3>As Istio joins the rules</h3>
            <IconButton icon="close" label="Close" onClick={() => setCanvas({ joinedOf: null })} />
          </div>
          <div className="cv-joined-lists">
            {lists && (
              <JoinedRules
                lists={lists}
                own={node.resource}
                onPick={(row) => {
                  chosen.current = row;
                  actions.select([row]);
                  setCanvas({ joinedOf: null });
                }}
              />
            )}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function stripOf(id: string | null): HTMLElement | undefined {
  if (id === null) return undefined;
  return document.querySelector<HTMLElement>(`.cv-joined[data-item="${CSS.escape(id)}"]`) ?? undefined;
}
