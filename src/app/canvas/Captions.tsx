import { type ReactNode, useEffect, useRef } from 'react';
import { onScene, onView, stage } from './stage.ts';

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
      for (const { column, label, x, width } of scene.captions) {
        gone.delete(column);
        let element = labels.get(column);
        if (!element) {
          element = document.createElement('span');
          element.textContent = label;
          labels.set(column, element);
          strip.append(element);
        }
        const left = x * view.zoom + view.x;
        // Half a caption says less than none: it needs the room that its column has on the screen.
        const room = width * view.zoom;
        element.style.transform = `translateX(${String(Math.round(left))}px)`;
        element.style.visibility = room < 44 ? 'hidden' : 'visible';
        element.style.maxWidth = `${String(Math.round(Math.max(room, 110 * Math.min(1, view.zoom))))}px`;
      }
      for (const column of gone) {
        labels.get(column)?.remove();
        labels.delete(column);
      }
    };
    place();
    const ends = [onScene(place), onView(place)];
    return () => ends.forEach((end) => end());
  }, []);
  return <div ref={reference} className="cv-captions" aria-hidden="true" />;
}
