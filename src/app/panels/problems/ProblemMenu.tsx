import { useEffect, useState, type JSX } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { actions, getAppState, type FixView } from '../../state/index.ts';
import { Icon, Menu, type MenuItem } from '../../ui/index.ts';
import { goToProblem } from './go-to-problem.ts';

/** What can be done about a problem: its fixes, once they are known, then the rest. */
function itemsOf(problem: Problem, fixes: readonly FixView[] | undefined): readonly MenuItem[] {
  const { id, code, mutable, muted, proof } = problem;
  const same = getAppState().problems.filter((other) => other.code === code).length;
  return [
    ...(fixes ?? []).map((fix): MenuItem => ({
      id: fix.id,
      label: fix.title,
      icon: fix.kind === 'safe' ? 'check' : 'pencil',
      onSelect: () => void actions.mend(id, { kind: 'fix', fix: fix.id }),
    })),
    ...(fixes?.[0]?.kind === 'safe' && same > 1
      ? [
          {
            id: 'all',
            label: `Fix all ${String(same)} ${code}`,
            hint: 'Those that can be fixed without a choice',
            onSelect: () => void actions.mend(id, { kind: 'all' }),
          },
        ]
      : []),
    ...(fixes === undefined
      ? [{ id: 'wait', label: 'Looking for fixes …', disabled: true, onSelect: () => undefined }]
      : []),
    ...(proof
      ? [{ id: 'try', label: 'Try it', hint: proof.says, icon: 'play' as const, onSelect: () => tryProof(proof.form) }]
      : []),
    { id: 'explain', label: `Explain ${code}`, icon: 'info', onSelect: () => actions.showHelp(code) },
    { id: 'go', label: 'Show the place', icon: 'file', onSelect: () => goToProblem(problem) },
    ...(mutable && muted === undefined
      ? [
          {
            id: 'mute',
            label: `Mute ${code} here`,
            hint: 'Writes an annotation or a comment',
            onSelect: () => void actions.mend(id, { kind: 'mute' }),
          },
        ]
      : []),
  ];
}

/** Sends the request that proves a problem, in the panel that says what becomes of it and why. */
function tryProof(form: NonNullable<Problem['proof']>['form']): void {
  actions.setBottomTab('request');
  actions.sendRequest(form);
}

function OpenMenu({ problem, trigger }: { readonly problem: Problem; readonly trigger: JSX.Element }): JSX.Element {
  const [fixes, setFixes] = useState<readonly FixView[] | undefined>();
  const ask = (): void => void actions.fixesOf(problem.id).then(setFixes);
  // A problem of this id is the same one; what helps against it may have changed each time that the menu opens.
  useEffect(ask, [problem.id]);
  return (
    <Menu
      align="end"
      defaultOpen
      onOpenChange={(open) => open && ask()}
      items={itemsOf(problem, fixes)}
      trigger={trigger}
    />
  );
}

/** What can be done about a problem. A menu is made for the one that is asked for: there may be hundreds in view. */
export function ProblemMenu({
  problem,
  tabbable = false,
}: {
  readonly problem: Problem;
  /** It has a place of its own in the tab order; else its row leads to it. */
  readonly tabbable?: boolean;
}): JSX.Element {
  const [used, setUsed] = useState(false);
  const trigger = (
    <button
      type="button"
      className="pn-problem-more"
      tabIndex={tabbable ? 0 : -1}
      aria-label={`What to do about ${problem.code}: ${problem.message}`}
      aria-haspopup="menu"
      onClick={used ? undefined : () => setUsed(true)}
    >
      <Icon name="more" size={14} />
    </button>
  );
  return used ? <OpenMenu problem={problem} trigger={trigger} /> : trigger;
}
