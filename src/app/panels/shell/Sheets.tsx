import { lazy, Suspense, useEffect, useState, type ComponentType, type JSX } from 'react';
import { useAppState } from '../../state/index.ts';
import { later, loadTheRest } from '../../ui/index.ts';
import { useViewState, type Sheet } from './view-state.ts';

// Nothing of these is on the first picture, so their code comes after it.
const parts: Readonly<Record<Sheet, ComponentType>> = {
  import: later(async () => (await import('../transfer/ImportSheet.tsx')).ImportSheet),
  export: later(async () => (await import('../transfer/ExportSheet.tsx')).ExportSheet),
  keys: later(async () => (await import('../commands/KeysSheet.tsx')).KeysSheet),
};
/** The pages of help with their examples are large: they come when somebody wants one. */
const Help = lazy(() => import('../problems/HelpSheet.tsx').then(({ HelpSheet }) => ({ default: HelpSheet })));
/** By then text, canvas and traffic have loaded; a sheet that is asked for earlier loads at once. */
const LATER_MS = 3000;

/** The sheets that open over the page. Once open they stay, closed, so that they give the focus back where it was. */
export function Sheets(): JSX.Element {
  const sheet = useViewState((state) => state.sheet);
  const needsHelp = useAppState((state) => state.help !== null);
  const [helped, setHelped] = useState(false);
  if (needsHelp && !helped) setHelped(true);
  const [used, setUsed] = useState<ReadonlySet<Sheet>>(new Set());
  if (sheet !== null && !used.has(sheet)) setUsed(new Set([...used, sheet]));
  useEffect(() => {
    const timer = setTimeout(() => void loadTheRest(), LATER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {helped ? (
        <Suspense fallback={null}>
          <Help />
        </Suspense>
      ) : null}
      {[...used].map((name) => {
        const Part = parts[name];
        return <Part key={name} />;
      })}
    </>
  );
}
