import { headItem, type Item, rowItems, type Scene } from './scene.ts';

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * Where an arrow key takes the focus. Up and down walk the rows of a node and go on to the next node; left and right go to the nearest
 * node on that side, to the row at the same height if it has one. `undefined` where there is nothing on that side.
 */
export function nearest(scene: Scene, from: Item, direction: Direction): Item | undefined {
  const vertical = direction === 'up' || direction === 'down';
  if (vertical) {
    const inside = neighbourRow(scene, from, direction);
    if (inside) return inside;
  }
  let best: Item | undefined;
  let bestCost = Infinity;
  for (const placed of scene.nodes.values()) {
    if (placed.node.id === from.node) continue;
    const items = [headItem(placed), ...rowItems(placed)];
    const item = vertical ? (direction === 'down' ? items[0] : items.at(-1)) : closest(items, from);
    if (!item) continue;
    const cost = costOf(from, item, direction);
    if (cost < bestCost) {
      best = item;
      bestCost = cost;
    }
  }
  return best;
}

function neighbourRow(scene: Scene, from: Item, direction: Direction): Item | undefined {
  const placed = scene.nodes.get(from.node);
  if (!placed) return undefined;
  const items = [headItem(placed), ...rowItems(placed)];
  const at = items.findIndex((item) => item.id === from.id);
  return items[at + (direction === 'down' ? 1 : -1)];
}

function closest(items: readonly Item[], from: Item): Item | undefined {
  let best: Item | undefined;
  for (const item of items) {
    if (!best || Math.abs(middle(item).y - middle(from).y) < Math.abs(middle(best).y - middle(from).y)) best = item;
  }
  return best;
}

const middle = (item: Item): { x: number; y: number } => ({ x: item.x + item.width / 2, y: item.y + item.height / 2 });

// Going aside costs double: the eye follows the direction first and corrects afterwards.
function costOf(from: Item, to: Item, direction: Direction): number {
  const a = middle(from);
  const b = middle(to);
  const along =
    direction === 'up'
      ? a.y - b.y
      : direction === 'down'
        ? b.y - a.y
        : direction === 'left'
          ? from.x - to.x
          : to.x - from.x;
  const aside = direction === 'up' || direction === 'down' ? Math.abs(b.x - a.x) : Math.abs(b.y - a.y);
  return along <= 1 ? Infinity : along + 2 * aside;
}
