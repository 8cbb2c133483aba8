import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/kit.css';
import './app.css';
import { App } from './App.tsx';
import { installFrames } from './platform/frames.ts';
import { connectWorker } from './state/index.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
installFrames();
connectWorker();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
