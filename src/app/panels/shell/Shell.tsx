import type { JSX, ReactNode } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { Toasts, TooltipProvider } from '../../ui/index.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import '../panels.css';
import { BottomPane } from './BottomPane.tsx';
import { Panes } from './Panes.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

/** The page's frame: bars, panes, and what lies over them. `text` and `canvas` are handed in, since panels know neither. */
export function Shell({ text, canvas }: { readonly text: ReactNode; readonly canvas: ReactNode }): JSX.Element {
  const notices = useAppState((state) => state.notices);
  return (
    <TooltipProvider>
      <div className="pn-shell">
        <TopBar />
        <main className="pn-main">
          <Panes text={text} canvas={canvas} inspector={<Inspector />} bottom={<BottomPane />} />
        </main>
        <StatusBar />
      </div>
      <Toasts toasts={notices} onClose={actions.dismiss} />
    </TooltipProvider>
  );
}
