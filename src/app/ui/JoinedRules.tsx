import type { JSX } from 'react';
import type { JoinedRule, JoinedRules as List } from '../../core/workspace/joined/types.ts';

interface Props {
  readonly lists: readonly List[];
  /** The VirtualService that is looked at, if it is one: its own rules are marked. */
  readonly own?: string | undefined;
  /** Goes to a rule, by its row on the canvas. */
  readonly onPick: (row: string) => void;
}

/** The lists that Istio makes of the rules of several VirtualServices, one for each door, each rule with its origin. */
export function JoinedRules({ lists, own, onPick }: Props): JSX.Element {
  return (
    <>
      {lists.map((list) => (
        <OneList key={`${list.door} ${list.hosts.join(' ')}`} list={list} own={own} onPick={onPick} />
      ))}
    </>
  );
}

const MOST_HOSTS = 3;
const plain = (resource: string): string => resource.replace(/^VirtualService /, '');

function OneList({ list, own, onPick }: Omit<Props, 'lists'> & { readonly list: List }): JSX.Element {
  const { door, hosts, rules, ignored, leftOut, protocol } = list;
  const more = hosts.length - MOST_HOSTS;
  return (
    <div className="ui-joined-list">
      <p className="ui-joined-door" title={hosts.join('\n')}>
        {door}, for <code>{hosts.slice(0, MOST_HOSTS).join(', ')}</code>
        {more > 0 ? ` and ${String(more)} more` : ''}
      </p>
      {ignored.length > 0 && <p className="ui-joined-ignored">{ignoredWords(ignored, own)}</p>}
      {protocol === 'tls' && <p className="ui-joined-door">The rule with the best server name takes a connection.</p>}
      <ol>
        {rules.map((rule, index) => (
          <li key={index}>
            <Rule rule={rule} own={own} onPick={onPick} />
          </li>
        ))}
      </ol>
      {leftOut > 0 && <p className="ui-joined-door">and {leftOut} more</p>}
    </div>
  );
}

function ignoredWords(ignored: readonly string[], own: string | undefined): string {
  const who =
    own !== undefined && ignored.includes(own)
      ? 'This VirtualService is ignored here'
      : `${ignored.map(plain).join(', ')} ${ignored.length === 1 ? 'is' : 'are'} ignored here`;
  return `${who}: inside the mesh only the oldest VirtualService of a host counts, then the first by name.`;
}

function Rule({ rule, own, onPick }: Omit<Props, 'lists'> & { readonly rule: JoinedRule }): JSX.Element {
  const { resource, number, row, words, root, off } = rule;
  const from = root === undefined ? '' : `, handed over by ${plain(root)}`;
  return (
    <button
      type="button"
      className="ui-joined-rule"
      data-own={resource === own ? '' : undefined}
      data-off={off === undefined ? undefined : ''}
      disabled={row === undefined}
      title={off === undefined ? 'Show this rule' : `Does not exist here: ${off}`}
      onClick={() => row !== undefined && onPick(row)}
    >
      <span>{words}</span>
      <span className="ui-joined-origin">
        rule {number} of {plain(resource)}
        {from}
        {off === undefined ? '' : ' · does not exist here'}
      </span>
    </button>
  );
}
