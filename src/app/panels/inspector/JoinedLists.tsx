import type { JSX } from 'react';
import type { GraphNode } from '../../../core/graph/types.ts';
import { actions, useAppState } from '../../state/index.ts';
import { JoinedRules } from '../../ui/index.ts';

/**
 * For a VirtualService that shares a host with others, or with delegates, and for a host that several serve: the one list that Istio
 * makes of all their rules, at each door.
 */
export function JoinedLists({ node: { id, resource } }: { readonly node: GraphNode }): JSX.Element | null {
  const lists = useAppState(({ joined }) => (joined?.node === id ? joined.lists : undefined));
  if (lists === undefined || lists.length === 0) return null;
  return (
    <section className="pn-joined" aria-label="As Istio joins the rules">
      <h3>As Istio joins the rules</h3>
      <JoinedRules lists={lists} own={resource} onPick={(row) => actions.select([row])} />
    </section>
  );
}
