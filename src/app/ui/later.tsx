import { lazy, Suspense, useState, type ComponentType } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/**
 * A part of the page that nobody needs for the first picture: its code comes when it is wanted or with `loadTheRest`, whichever is first.
 * Once the code is there, the part appears at once, in the same turn.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | undefined;
  const once = async (): Promise<{ default: ComponentType<Props> }> => {
    const part = await load();
    loaded = part;
    return { default: part };
  };
  loads.push(once);
  const Waiting = lazy(once);
  return function Part(props) {
    // What it began with stays: another component in its place would lose what is typed and the focus.
    const [Chosen] = useState<ComponentType<Props>>(() => loaded ?? Waiting);
    return (
      <Suspense fallback={null}>
        <Chosen {...props} />
      </Suspense>
    );
  };
}

/** Loads what was left for later, so that it is there before it is wanted. What does not come is asked for anew when it is. */
export async function loadTheRest(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()));
}
