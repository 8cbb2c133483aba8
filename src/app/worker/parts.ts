import type { ViewDelta, ViewPart } from './protocol.ts';

/** What one message holds at most: the page reads that many in some 20 ms. */
const MOST = { nodes: 400, edges: 1500, positions: 4000, resources: 4000, characters: 1_000_000 };

/** The delta in parts that can be taken in one by one, and the rest of it, which completes them; no parts where it is small. */
export function inParts(delta: ViewDelta): { readonly parts: readonly ViewPart[]; readonly rest: ViewDelta } {
  const { nodes, edges, positions, resources, ...others } = delta;
  const cut = {
    nodes: cutAt(nodes, MOST.nodes),
    edges: cutAt(edges, MOST.edges),
    positions: cutAt(positions, MOST.positions),
    items: cutAt(resources?.items, MOST.resources),
  };
  const parts: ViewPart[] = [
    ...cut.nodes.parts.map((part) => ({ nodes: part })),
    ...cut.edges.parts.map((part) => ({ edges: part })),
    ...cut.positions.parts.map((part) => ({ positions: part })),
    ...cut.items.parts.map((part) => ({ resourceItems: part })),
  ];
  if (parts.length === 0) return { parts, rest: delta };
  const rest = {
    ...others,
    ...(nodes ? { nodes: cut.nodes.rest } : {}),
    ...(edges ? { edges: cut.edges.rest } : {}),
    ...(positions ? { positions: cut.positions.rest } : {}),
    ...(resources ? { resources: { ...resources, items: cut.items.rest } } : {}),
  };
  return { parts, rest };
}

/** The delta that was cut in parts, as it was. */
export function joinParts(parts: readonly ViewPart[], rest: ViewDelta): ViewDelta {
  if (parts.length === 0) return rest;
  const { nodes, edges, positions, resources } = rest;
  return {
    ...rest,
    ...(nodes ? { nodes: [...parts.flatMap((part) => part.nodes ?? []), ...nodes] } : {}),
    ...(edges ? { edges: [...parts.flatMap((part) => part.edges ?? []), ...edges] } : {}),
    ...(positions ? { positions: [...parts.flatMap((part) => part.positions ?? []), ...positions] } : {}),
    ...(resources
      ? {
          resources: {
            ...resources,
            items: [...parts.flatMap((part) => part.resourceItems ?? []), ...resources.items],
          },
        }
      : {}),
  };
}

function cutAt<T>(list: readonly T[] | undefined, most: number) {
  const parts: (readonly T[])[] = [];
  let from = 0;
  for (; list && list.length - from > most; from += most) parts.push(list.slice(from, from + most));
  return { parts, rest: from === 0 ? (list ?? []) : (list?.slice(from) ?? []) };
}

/** Files in lists whose texts can be taken in one by one. */
export function filesInParts<F extends { readonly text: string }>(files: readonly F[]): readonly (readonly F[])[] {
  const parts: F[][] = [];
  let characters = Infinity;
  for (const file of files) {
    if (characters + file.text.length > MOST.characters) {
      parts.push([]);
      characters = 0;
    }
    parts.at(-1)?.push(file);
    characters += file.text.length;
  }
  return parts;
}
