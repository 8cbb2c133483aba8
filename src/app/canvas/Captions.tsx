import { type ReactNode, useEffect, useRef } from 'react';
import { onScene, onView, stage } from './stage.ts';

/** Pixels between two captions, and about a letter's width. */
const GAP = 10;
const LETTER = 8.2;
/** Below this zoom most captions have no room, and the few that have would only puzzle. */
const FAR = 0.3;

function add(strip: HTMLElement, label: string): HTMLSpanElement {
  const element = document.createElement('span');
  element.textContent = label;
  strip.append(element);
  return element;
}

/** The names of the columns, along the top: they follow the columns sideways and never leave the view. Placed outside of React. */
export function Captions(): ReactNode {
  const reference = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const strip = reference.current;
    if (!strip) return undefined;
    const labels = new Map<string, HTMLSpanElement>();
    const place = (): void => {
      const { scene, view } = stage;
      const gone = new Set(labels.keys());
      scene.captions.forEach(({ id, label, x }, index) => {
        gone.delete(id);
        const element = labels.get(id) ?? add(strip, label);
        labels.set(id, element);
        const next = scene.captions[index + 1];
        const room = view.zoom < FAR ? 0 : next ? (next.x - x) * view.zoom - GAP : Infinity;
        element.style.transform = `translateX(${String(Math.round(x * view.zoom + view.x))}px)`;
        // Half a caption says less than none.
        element.style.visibility = room < label.length * LETTER ? 'hidden' : 'visible';
      });
      for (const id of gone) {
        labels.get(id)?.remove();
        labels.delete(id);
      }
    };
    place();
    const ends = [onScene(place), onView(place)];
    return () => {
      ends.forEach((end) => end());
      strip.replaceChildren();
    };
  }, []);
  return <div ref={reference} className="cv-captions" aria-hidden="true" />;
}
