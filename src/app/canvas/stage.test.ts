import { beforeEach, describe, expect, it } from 'vitest';
import { store } from '../state/store.ts';
import { smallGraph } from './testing/graph.ts';
import { hold, letGo, moveByHand, rebuild, stage } from './stage.ts';

const viasOfPast = (): unknown => stage.scene.edges.get('past')?.vias;

describe('a card that is dragged', () => {
  const { nodes, edges: few, positions } = smallGraph();
  const [enter] = few.values();
  if (!enter) throw new Error('no edge');
  // A wire past the virtual services, behind which its one curve would run.
  const edges = new Map([...few, ['past', { ...enter, id: 'past', to: { node: 'svc' } }] as const]);
  const home = positions.get('vs');
  if (!home) throw new Error('no place');
  const away = { x: home.x, y: home.y + 4800 };

  beforeEach(() => {
    stage.moved.clear();
    store.setState({ nodes, edges, positions });
    rebuild();
    expect(viasOfPast()).not.toEqual([]);
  });

  it('lets the lanes be until it is let go', () => {
    const before = viasOfPast();
    hold();
    moveByHand([['vs', away]]);
    expect(viasOfPast()).toBe(before);
    letGo();
    expect(viasOfPast()).toEqual([]);
  });

  it('leaves the lanes as they were where it is put back, though nobody confirms the place', () => {
    const { vias } = stage.scene.lanes;
    hold();
    moveByHand([['vs', away]]);
    moveByHand([['vs', home]]);
    letGo();
    expect(stage.scene.lanes.vias).toEqual(vias);
    store.setState({ edges: few });
    rebuild();
    store.setState({ edges });
    rebuild();
    expect(viasOfPast()).not.toEqual([]);
  });
});
