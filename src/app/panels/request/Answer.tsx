import type { JSX } from 'react';
import type { SaidOutcome, Trace } from '../../../core/workspace/asked/types.ts';
import { actions, getAppState } from '../../state/index.ts';
import { Button, HueDot, Icon } from '../../ui/index.ts';
import { percentText } from './percent.ts';

const SIGNS = { ok: 'check', warn: 'warning', error: 'error' } as const;

function Other({ outcome }: { readonly outcome: SaidOutcome }): JSX.Element {
  return (
    <li>
      <span className="rq-chance">{percentText(outcome.probability)}</span>
      <HueDot hue={outcome.hue} />
      <span>
        <strong>{outcome.title}</strong> {outcome.words}
      </span>
    </li>
  );
}

/** Sends what a client sends that follows a redirect: with the same sender, and as GET unless the status keeps the method (as curl does). */
function follow(location: string, status: number | undefined): void {
  const { form, sent } = getAppState().request;
  const { method, from, headers } = sent ?? form;
  const keeps = status === 307 || status === 308 || method === 'HEAD';
  actions.sendRequest({
    method: keeps ? method : 'GET',
    url: location,
    from,
    headers: headers.filter(([name]) => name.trim().toLowerCase() !== 'host'),
  });
}

/** What the sender gets: the likeliest outcome, what the workload sees of it, and everything else that chance allows. */
export function Answer({ trace }: { readonly trace: Trace }): JSX.Element | null {
  const [likeliest, ...others] = trace.outcomes;
  if (!likeliest) return null;
  return (
    <section className="rq-answer" aria-label="Answer">
      <p className="rq-status" data-tone={likeliest.tone} role="status">
        <Icon name={SIGNS[likeliest.tone]} size={18} />
        <strong>{likeliest.title}</strong>
        <span>
          {likeliest.words}
          {likeliest.probability < 1 ? ` (${percentText(likeliest.probability)})` : ''}
        </span>
      </p>
      {likeliest.location === undefined ? null : (
        <div className="rq-acts">
          <Button icon="play" onClick={() => follow(likeliest.location ?? '', likeliest.status)}>
            Follow
          </Button>
        </div>
      )}
      <h3>What the workload sees</h3>
      {likeliest.lines.length === 0 ? (
        <p className="pn-dim">
          {likeliest.title === 'connected'
            ? 'The bytes as they are sent: nobody on the way reads them.'
            : 'Nothing: the request does not get that far.'}
        </p>
      ) : (
        <pre>{likeliest.lines.join('\n')}</pre>
      )}
      <h3>Other outcomes</h3>
      {others.length === 0 ? (
        <p className="pn-dim">None: chance has no part in it.</p>
      ) : (
        <ul className="rq-others">
          {others.map((outcome, index) => (
            <Other key={index} outcome={outcome} />
          ))}
        </ul>
      )}
      <p className="rq-source">
        By rules that are compared with recordings of Istio 1.31 and Envoy 1.40: see <code>conformance/</code> in the
        project.
      </p>
    </section>
  );
}
