import type { JSX } from 'react';
import { actions, EYES, useAppState, type Eyes } from '../../state/index.ts';
import { Icon, KeyCap, Menu } from '../../ui/index.ts';
import { countOf } from '../text.ts';
import { SEVERITIES, SEVERITY_NAMES, type ProblemFilter, type Severity } from './problem-rows.ts';
import { EYES_HINTS, EYES_NAMES } from './speakers.ts';

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

/** Whose findings are shown: in the list, in the text, on the canvas and in the counts. */
function EyesMenu(): JSX.Element {
  const eyes = useAppState((state) => state.eyes);
  const chosen = EYES.filter((each) => eyes.has(each));
  const words =
    chosen.length === EYES.length ? 'everybody' : chosen.map((each) => EYES_NAMES[each]).join(', ') || 'nobody';
  const toggle = (each: Eyes): void => actions.setEyes(toggled(eyes, each));
  return (
    <Menu
      items={EYES.map((each) => ({
        id: each,
        label: EYES_NAMES[each],
        hint: EYES_HINTS[each],
        checked: eyes.has(each),
        stays: true,
        onSelect: () => toggle(each),
      }))}
      trigger={
        <button type="button" className="pn-filter pn-filter-eyes" aria-label={`As seen by ${words}`}>
          <span className="pn-dim">As seen by</span>
          <span className="pn-filter-words">{words}</span>
          <Icon name="chevronDown" size={12} />
        </button>
      }
    />
  );
}

interface Props {
  readonly counts: Readonly<Record<Severity, number>>;
  readonly filter: ProblemFilter;
  readonly onFilter: (filter: ProblemFilter) => void;
  readonly muted: number;
  readonly showMuted: boolean;
  readonly onShowMuted: (show: boolean) => void;
}

/** What of the problems is listed: severities with their counts, words, whose eyes, and whether muted ones are. */
export function ProblemFilters({ counts, filter, onFilter, muted, showMuted, onShowMuted }: Props): JSX.Element {
  return (
    <div className="pn-filters">
      <div className="pn-filters-group" role="group" aria-label="Severities shown">
        {SEVERITIES.map((severity) => (
          <button
            key={severity}
            type="button"
            className={`pn-filter pn-${severity}`}
            aria-pressed={filter.severities.has(severity)}
            onClick={() => onFilter({ ...filter, severities: toggled(filter.severities, severity) })}
          >
            <Icon name={severity} size={14} />
            {countOf(counts[severity], SEVERITY_NAMES[severity])}
          </button>
        ))}
      </div>
      <input
        type="search"
        className="ui-input pn-filter-text"
        placeholder="Filter by word, code or name"
        aria-label="Filter problems"
        spellCheck={false}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.target.value })}
      />
      <EyesMenu />
      {muted > 0 ? (
        <button
          type="button"
          className="pn-filter"
          aria-pressed={showMuted}
          aria-label={`Show ${String(muted)} muted`}
          onClick={() => onShowMuted(!showMuted)}
        >
          {muted} muted
        </button>
      ) : null}
      <span className="pn-filters-hint">
        <KeyCap keys="F8" /> next · <KeyCap keys="Shift+F8" /> previous
      </span>
    </div>
  );
}
