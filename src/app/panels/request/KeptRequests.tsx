import { useEffect, useRef, type JSX } from 'react';
import type { KeptRequest } from '../../../core/workspace/asked/types.ts';
import { actions, useAppState } from '../../state/index.ts';
import { Icon, IconButton } from '../../ui/index.ts';
import { countOf } from '../text.ts';

function Kept({ request }: { readonly request: KeptRequest }): JSX.Element {
  const { name, passes, expected, now } = request;
  return (
    <li data-passes={passes}>
      <span className={passes ? 'pn-ok' : 'pn-error'}>
        <Icon name={passes ? 'check' : 'error'} size={14} />
        <span className="ui-hidden">{passes ? 'As expected: ' : 'Not as expected: '}</span>
      </span>
      <button type="button" className="pn-link-quiet rq-kept-name" onClick={() => actions.sendRequest(request.form)}>
        {name}
        <span className={passes ? 'rq-kept-now' : 'rq-kept-now pn-error'}>
          {passes ? now : `${now}, expected ${expected}`}
        </span>
      </button>
      <IconButton
        icon="trash"
        label={`Forget ${name}`}
        onClick={() => void actions.gesture({ kind: 'removeField', at: request.at }, 'panel')}
      />
    </li>
  );
}

/** The requests that the Scenario document keeps, with what became of them since. */
export function KeptRequests(): JSX.Element | null {
  const kept = useAppState((state) => state.request.answer?.kept);
  const count = kept?.length ?? 0;
  const before = useRef<number | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // One that was just kept comes into view; those that were there already do not move the form.
    if (before.current !== undefined && count > before.current) list.current?.scrollIntoView({ block: 'nearest' });
    before.current = count;
  }, [count]);
  if (!kept?.length) return null;
  const wrong = kept.filter(({ passes }) => !passes).length;
  return (
    <div role="group" className="rq-kept" aria-label="Kept requests" ref={list}>
      <p role="status">
        Kept: {countOf(kept.length - wrong, 'request')} as expected
        {wrong === 0 ? '.' : <span className="pn-error">, {wrong} not since an edit.</span>}
      </p>
      <ul>
        {kept.map((request, index) => (
          <Kept key={index} request={request} />
        ))}
      </ul>
    </div>
  );
}
