import { Tabs } from 'radix-ui';
import { useEffect, type ComponentType, type JSX } from 'react';
import { actions, countsOf, useAppState, type BottomTab } from '../../state/index.ts';
import { later } from '../../ui/index.ts';
import { countOf } from '../text.ts';
import { ProblemsPanel } from '../problems/ProblemsPanel.tsx';
import { TrafficPanel } from '../traffic/TrafficPanel.tsx';

// What nobody needs for the first picture comes when its tab is opened.
const RequestPanel = later(async () => (await import('../request/RequestPanel.tsx')).RequestPanel);
const ChangesPanel = later(async () => (await import('../changes/ChangesPanel.tsx')).ChangesPanel);

const tabs: readonly { readonly id: BottomTab; readonly name: string; readonly body: ComponentType }[] = [
  { id: 'problems', name: 'Problems', body: ProblemsPanel },
  { id: 'request', name: 'Request', body: RequestPanel },
  { id: 'traffic', name: 'Traffic', body: TrafficPanel },
  { id: 'changes', name: 'Changes', body: ChangesPanel },
];
const isTab = (value: string): value is BottomTab => tabs.some((tab) => tab.id === value);

function ProblemCount(): JSX.Element | null {
  const count = useAppState((state) => state.problems.length);
  const worst = useAppState((state) =>
    countsOf(state.problems).all.errors > 0 ? 'error' : countsOf(state.problems).all.warnings > 0 ? 'warn' : 'info',
  );
  if (count === 0) return null;
  return (
    <>
      <span className={`pn-count pn-count-${worst}`} aria-hidden="true">
        {count.toLocaleString('en')}
      </span>
      <span className="ui-hidden">{countOf(count, 'problem')}</span>
    </>
  );
}

const failingOf = (kept: readonly { readonly passes: boolean }[] | undefined): number =>
  kept?.filter(({ passes }) => !passes).length ?? 0;

/** How many kept requests an edit has turned red. They are judged anew after each edit, whichever panel is shown. */
function FailingCount(): JSX.Element | null {
  const staleAt = useAppState(({ bottomTab, request, version }) =>
    bottomTab !== 'request' && (request.answer?.kept.length ?? 0) > 0 ? version : undefined,
  );
  const failing = useAppState((state) => failingOf(state.request.answer?.kept));
  useEffect(() => {
    if (staleAt !== undefined) actions.refreshRequest();
  }, [staleAt]);
  if (failing === 0) return null;
  return (
    <span className="pn-count pn-count-error" aria-hidden="true">
      {failing.toLocaleString('en')}
    </span>
  );
}

/** The count in words, beside the tab: its name stays `Request`. */
function FailingWords(): JSX.Element {
  const failing = useAppState((state) => failingOf(state.request.answer?.kept));
  return (
    <span id="rq-failing" className="ui-hidden">
      {failing === 0 ? '' : `${countOf(failing, 'kept request')} not as expected`}
    </span>
  );
}

/** The pane below the canvas: four panels behind tabs, each a region with its own name. */
export function BottomPane(): JSX.Element {
  const tab = useAppState((state) => state.bottomTab);
  return (
    <Tabs.Root className="pn-bottom" value={tab} onValueChange={(value) => isTab(value) && actions.setBottomTab(value)}>
      <Tabs.List className="pn-tabs" aria-label="Lower pane">
        {tabs.map(({ id, name }) => (
          <Tabs.Trigger
            key={id}
            value={id}
            className="pn-tab"
            aria-describedby={id === 'request' ? 'rq-failing' : undefined}
          >
            {name}
            {id === 'problems' ? <ProblemCount /> : null}
            {id === 'request' ? <FailingCount /> : null}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <FailingWords />
      {tabs.map(({ id, name, body: Body }) => (
        <Tabs.Content key={id} value={id} className="pn-tab-body" tabIndex={-1}>
          <section className="pn-region" aria-label={name}>
            <Body />
          </section>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
