import type { JSX } from 'react';
import { actions, countsOf, useAppState } from '../../state/index.ts';
import { Icon, Tooltip } from '../../ui/index.ts';
import { countOf } from '../text.ts';
import { showPane } from './view-state.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });

function Problems(): JSX.Element {
  const { errors, warnings } = useAppState((state) => countsOf(state.problems).all);
  const notes = useAppState((state) => state.problems.length) - errors - warnings;
  const none = notes === 0 ? 'No problems' : `No problems, ${countOf(notes, 'note')}`;
  const words = errors + warnings === 0 ? none : `${countOf(errors, 'error')}, ${countOf(warnings, 'warning')}`;
  return (
    <button
      type="button"
      className="pn-status-button"
      aria-label={`${words}: show them`}
      onClick={() => {
        actions.setBottomTab('problems');
        showPane('bottom');
      }}
    >
      {errors + warnings === 0 ? (
        none
      ) : (
        <>
          <span className={errors > 0 ? 'pn-error' : 'pn-dim'}>
            <Icon name="error" size={13} /> {errors}
          </span>
          <span className={warnings > 0 ? 'pn-warn' : 'pn-dim'}>
            <Icon name="warning" size={13} /> {warnings}
          </span>
        </>
      )}
    </button>
  );
}

function Assumed(): JSX.Element | null {
  const assumed = useAppState((state) => state.assumed);
  if (assumed.length === 0) return null;
  const words = `Named but not declared here, so taken to exist, with one pod for each subset: ${assumed.join(', ')}`;
  return (
    <Tooltip text={words} side="top">
      <button
        type="button"
        className="pn-status-button"
        aria-label={`${countOf(assumed.length, 'service')} assumed. ${words}`}
      >
        {countOf(assumed.length, 'service')} assumed
      </button>
    </Tooltip>
  );
}

function Saved(): JSX.Element {
  const savedAt = useAppState((state) => state.savedAt);
  return <span>{savedAt === undefined ? 'Stays in this browser' : `Saved here ${clock.format(savedAt)}`}</span>;
}

/** The strip at the foot: how much there is, what is wrong, when it was kept, and what the routing is judged by. */
export function StatusBar(): JSX.Element {
  const resources = useAppState((state) => state.resources.length);
  const nodes = useAppState((state) => state.nodes.size);
  const picked = useAppState((state) => state.selection.ids.length);
  const zoom = useAppState((state) => Math.round(state.zoom * 100));
  return (
    <footer className="pn-status">
      <span>{countOf(resources, 'resource')}</span>
      <Problems />
      <Saved />
      <Assumed />
      <span className="pn-status-end">
        {picked > 1 ? `${String(picked)} selected · ` : ''}
        {countOf(nodes, 'node')} · {zoom} %
      </span>
      <span className="pn-status-truth">Routing as Istio 1.31, compared with Envoy 1.40</span>
    </footer>
  );
}
