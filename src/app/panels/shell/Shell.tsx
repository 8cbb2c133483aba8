import { useEffect, type JSX, type ReactNode } from 'react';
import { actions, useAppState } from '../../state/index.ts';
import { Toasts, TooltipProvider, useCommands } from '../../ui/index.ts';
import { CommandPalette } from '../commands/CommandPalette.tsx';
import { listenForKeys } from '../commands/keys.ts';
import { pageCommands } from '../commands/page-commands.ts';
import { Inspector } from '../inspector/Inspector.tsx';
import '../panels.css';
import { DropAndPaste } from '../transfer/DropAndPaste.tsx';
import { OpeningProgress } from '../transfer/OpeningProgress.tsx';
import { Welcome } from '../welcome/Welcome.tsx';
import { BottomPane } from './BottomPane.tsx';
import { Panes } from './Panes.tsx';
import { Sheets } from './Sheets.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

function Notices(): JSX.Element {
  const notices = useAppState((state) => state.notices);
  return <Toasts toasts={notices} onClose={actions.dismiss} />;
}

/** The page's frame: bars, panes, and what lies over them. `text` and `canvas` are handed in, since panels know neither. */
export function Shell({ text, canvas }: { readonly text: ReactNode; readonly canvas: ReactNode }): JSX.Element {
  useCommands(pageCommands);
  useEffect(listenForKeys, []);
  return (
    <TooltipProvider>
      <div className="pn-shell">
        <TopBar />
        <main className="pn-main">
          <Panes
            text={
              <>
                {text}
                <Welcome />
              </>
            }
            canvas={canvas}
            inspector={<Inspector />}
            bottom={<BottomPane />}
          />
        </main>
        <StatusBar />
      </div>
      <Sheets />
      <CommandPalette />
      <DropAndPaste />
      <OpeningProgress />
      <Notices />
    </TooltipProvider>
  );
}
