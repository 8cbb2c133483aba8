import { lazy, Suspense, type JSX } from 'react';
import { Shell } from './panels/index.ts';

const Canvas = lazy(async () => ({ default: (await import('./canvas/index.ts')).Canvas }));
const Editor = lazy(async () => ({ default: (await import('./editor/index.ts')).Editor }));

/** The page: canvas and text come in their own parcels, so that bars and panes are there first. */
export function App(): JSX.Element {
  return (
    <Shell
      text={
        <Suspense fallback={<div className="app-waiting" />}>
          <Editor />
        </Suspense>
      }
      canvas={
        <Suspense fallback={<div className="app-waiting" />}>
          <Canvas />
        </Suspense>
      }
    />
  );
}
