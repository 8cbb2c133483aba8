import { useEffect, type JSX, type ReactNode } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { readPaneSizes, writePaneSizes } from '../../platform/preferences.ts';
import { holdPane, paneIsHidden, useViewState, type Pane } from './view-state.ts';

/** Widths and heights to begin with, in pixels; a hidden pane is 0. */
const DEFAULTS = { text: 392, inspector: 316, bottom: 236 };
const remembered = { ...DEFAULTS, ...readPaneSizes('page', DEFAULTS) };
/** The most of the window that a pane takes at the start. */
const MOST = { text: 0.25, inspector: 0.205, bottom: 0.3 };
/** A window that is too narrow for all three keeps the canvas usable: the sides give way. */
const startSize = (pane: Pane): number => {
  const size = remembered[pane];
  const room = pane === 'bottom' ? window.innerHeight - 70 : window.innerWidth;
  return Math.min(size, Math.round(room * MOST[pane]));
};

interface SideProps {
  readonly pane: Pane;
  readonly min: number;
  readonly children: ReactNode;
}

function Side({ pane, min, children }: SideProps): JSX.Element {
  const ref = usePanelRef();
  const isHidden = useViewState((state) => state.hidden.has(pane));
  useEffect(
    () =>
      holdPane(pane, {
        collapse: () => ref.current?.collapse(),
        expand: () => ref.current?.resize(sizes[pane] > 0 ? sizes[pane] : DEFAULTS[pane]),
        isCollapsed: () => ref.current?.isCollapsed() ?? false,
      }),
    [pane, ref],
  );
  return (
    <Panel
      id={`pane-${pane}`}
      className="pn-pane"
      panelRef={ref}
      collapsible
      minSize={min}
      defaultSize={startSize(pane)}
      groupResizeBehavior="preserve-pixel-size"
      onResize={(size) => {
        const isShut = size.inPixels < 1;
        paneIsHidden(pane, isShut);
        if (!isShut) sizes[pane] = Math.round(size.inPixels);
        const wasShut = shown[pane] === 0;
        shown[pane] = isShut ? 0 : sizes[pane];
        // The group's own word comes before this one, with the size of before.
        if (wasShut !== isShut) remember();
      }}
    >
      {/* Out of reach for Tab and speech as well as for the eye. */}
      <div className="pn-pane-body" inert={isHidden} data-hidden={isHidden}>
        {children}
      </div>
    </Panel>
  );
}

/** The last size of each pane while it was shown, and its size now: the first is what bringing it back restores. */
const sizes: Record<Pane, number> = { ...DEFAULTS };
const shown: Record<Pane, number> = { ...DEFAULTS };
const remember = (): void => writePaneSizes('page', shown);

interface Props {
  readonly text: ReactNode;
  readonly canvas: ReactNode;
  readonly inspector: ReactNode;
  readonly bottom: ReactNode;
}

/** The four panes of the page with the dividers between them: dragged, moved by arrow keys, double-clicked back, and remembered. */
export function Panes({ text, canvas, inspector, bottom }: Props): JSX.Element {
  return (
    <Group className="pn-panes" orientation="horizontal" onLayoutChanged={remember}>
      <Side pane="text" min={220}>
        {text}
      </Side>
      <Separator className="pn-divider" aria-label="Width of the YAML pane" />
      <Panel id="pane-main" className="pn-pane" minSize={320}>
        <Group orientation="vertical" onLayoutChanged={remember}>
          <Panel id="pane-upper" className="pn-pane" minSize={160}>
            <Group orientation="horizontal" onLayoutChanged={remember}>
              <Panel id="pane-canvas" className="pn-pane" minSize={240}>
                {canvas}
              </Panel>
              <Separator className="pn-divider" aria-label="Width of the inspector" />
              <Side pane="inspector" min={260}>
                {inspector}
              </Side>
            </Group>
          </Panel>
          <Separator className="pn-divider pn-divider-flat" aria-label="Height of the bottom pane" />
          <Side pane="bottom" min={120}>
            {bottom}
          </Side>
        </Group>
      </Panel>
    </Group>
  );
}
