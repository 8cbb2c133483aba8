import type { JSX } from 'react';
import type { JoinedRule, JoinedRules } from '../../../core/workspace/joined/types.ts';
import { actions, useAppState } from '../../state/index.ts';

/** For a VirtualService that shares a host with others, or with delegates: the one list that Istio makes of all their rules, at each door. */
export function JoinedLists({
  node,
  own,
}: {
  readonly node: string;
  readonly own: string | undefined;
}): JSX.Element | null {
  const joined = useAppState((state) => state.joined);
  if (joined?.node !== node || joined.lists.length === 0) return null;
  return (
    <section className="pn-joined" aria-label="As Istio joins the rules">
      <h3>As Istio joins the rules</h3>
      {joined.lists.map((list) => (
        <List key={`${list.door} ${list.hosts.join(' ')}`} list={list} own={own} />
      ))}
    </section>
  );
}

function List({ list, own }: { readonly list: JoinedRules; readonly own: string | undefined }): JSX.Element {
  const { door, hosts, rules, ignored } = list;
  const mine = own !== undefined && ignored.some((id) => id === own);
  return (
    <div className="pn-joined-list">
      <p className="pn-dim">
        {door}, for <code>{hosts.join(', ')}</code>
      </p>
      {ignored.length > 0 && (
        <p className="pn-refusal" role="note">
          {mine
            ? 'This VirtualService is ignored here'
            : `${ignored.join(', ')} ${ignored.length === 1 ? 'is' : 'are'} ignored here`}
          : inside the mesh only the oldest VirtualService of a host counts, then the first by name.
        </p>
      )}
      <ol>
        {rules.map((rule, index) => (
          <li key={index}>
            <Rule rule={rule} own={own} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Rule({ rule, own }: { readonly rule: JoinedRule; readonly own: string | undefined }): JSX.Element {
  const { resource, number, row, words, root, off } = rule;
  const origin = resource.replace(/^VirtualService /, '');
  const from = root === undefined ? '' : `, handed over by ${root.replace(/^VirtualService /, '')}`;
  return (
    <button
      type="button"
      className="pn-joined-rule"
      data-own={resource === own ? '' : undefined}
      data-off={off === undefined ? undefined : ''}
      disabled={row === undefined}
      title={off === undefined ? 'Show this rule' : `Does not exist here: ${off}`}
      onClick={() => row !== undefined && actions.select([row])}
    >
      <span>{words}</span>
      <span className="pn-dim">
        rule {number} of {origin}
        {from}
        {off === undefined ? '' : ' · does not exist here'}
      </span>
    </button>
  );
}
