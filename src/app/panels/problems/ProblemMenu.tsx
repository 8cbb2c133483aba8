import { useState, type JSX } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { actions } from '../../state/index.ts';
import { Icon, Menu, type MenuItem } from '../../ui/index.ts';
import { goToProblem } from './go-to-problem.ts';

function itemsOf(problem: Problem): readonly MenuItem[] {
  return [
    { id: 'explain', label: `Explain ${problem.code}`, icon: 'info', onSelect: () => actions.showHelp(problem.code) },
    { id: 'go', label: 'Show the place', icon: 'file', onSelect: () => goToProblem(problem) },
  ];
}

/** What can be done about a problem. A menu is made for the one that is asked for: there may be hundreds in view. */
export function ProblemMenu({ problem }: { readonly problem: Problem }): JSX.Element {
  const [used, setUsed] = useState(false);
  const trigger = (
    <button
      type="button"
      className="pn-problem-more"
      tabIndex={-1}
      aria-label={`What to do about ${problem.code}: ${problem.message}`}
      aria-haspopup="menu"
      onClick={used ? undefined : () => setUsed(true)}
    >
      <Icon name="more" size={14} />
    </button>
  );
  return used ? <Menu align="end" defaultOpen items={itemsOf(problem)} trigger={trigger} /> : trigger;
}
