import { ContextMenu } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import type { Problem } from '../../../core/workspace/types.ts';
import { actions, type FixView } from '../../state/index.ts';
import { Icon } from '../../ui/index.ts';

/** More are in the Problems panel. */
const MOST = 4;

/**
 * What helps against the problems of a node or a row, as a menu within its context menu. Fixes are asked for when the context menu
 * opens; they come while the way to this one is taken, and nothing that is there already moves.
 */
export function FixesMenu({ problems }: { readonly problems: readonly Problem[] }): ReactNode {
  const [fixes, setFixes] = useState<ReadonlyMap<string, readonly FixView[]>>(new Map());
  useEffect(() => {
    let stays = true;
    for (const { id } of problems.slice(0, MOST))
      void actions.fixesOf(id).then((found) => {
        if (stays) setFixes((known) => new Map(known).set(id, found));
      });
    return () => {
      stays = false;
    };
  }, [problems]);
  const count = problems.length;
  const isError = problems.some(({ severity }) => severity === 'error');
  return (
    <ContextMenu.Sub>
      <ContextMenu.SubTrigger className="ui-menu-item">
        <span className="ui-menu-sign">
          <Icon name={isError ? 'error' : 'warning'} />
        </span>
        <span className="ui-menu-words">{count === 1 ? 'Mend its problem' : `Mend its ${String(count)} problems`}</span>
        <Icon name="chevronRight" />
      </ContextMenu.SubTrigger>
      <ContextMenu.Portal>
        <ContextMenu.SubContent className="ui-menu cv-menu" collisionPadding={8} loop>
          {problems.slice(0, MOST).map((problem, index) => (
            <OneProblem key={problem.id} problem={problem} fixes={fixes.get(problem.id)} first={index === 0} />
          ))}
          {count > MOST && (
            <>
              <ContextMenu.Separator className="cv-menu-line" />
              <ContextMenu.Item className="ui-menu-item" onSelect={() => actions.setBottomTab('problems')}>
                <span className="ui-menu-sign" />
                <span className="ui-menu-words">{count - MOST} more in Problems</span>
              </ContextMenu.Item>
            </>
          )}
        </ContextMenu.SubContent>
      </ContextMenu.Portal>
    </ContextMenu.Sub>
  );
}

interface OneProps {
  readonly problem: Problem;
  /** Absent while they are looked for. */
  readonly fixes: readonly FixView[] | undefined;
  readonly first: boolean;
}

function OneProblem({ problem: { id, code, message }, fixes, first }: OneProps): ReactNode {
  return (
    <ContextMenu.Group aria-label={message}>
      {!first && <ContextMenu.Separator className="cv-menu-line" />}
      <ContextMenu.Label className="cv-menu-label cv-menu-problem" title={message}>
        {message}
      </ContextMenu.Label>
      {fixes?.map((fix) => (
        <ContextMenu.Item
          key={fix.id}
          className="ui-menu-item"
          onSelect={() => void actions.mend(id, { kind: 'fix', fix: fix.id })}
        >
          <span className="ui-menu-sign">
            <Icon name={fix.kind === 'safe' ? 'check' : 'pencil'} />
          </span>
          <span className="ui-menu-words">{fix.title}</span>
        </ContextMenu.Item>
      ))}
      {fixes === undefined && (
        <ContextMenu.Item className="ui-menu-item" disabled>
          <span className="ui-menu-sign" />
          <span className="ui-menu-words">Looking for fixes …</span>
        </ContextMenu.Item>
      )}
      <ContextMenu.Item className="ui-menu-item" onSelect={() => actions.showHelp(code)}>
        <span className="ui-menu-sign">
          <Icon name="info" />
        </span>
        <span className="ui-menu-words">Explain {code}</span>
      </ContextMenu.Item>
    </ContextMenu.Group>
  );
}
