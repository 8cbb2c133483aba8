import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The third line of defence of "nothing leaves the browser": the built page may talk to its own origin only. */
const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: policy }, injectTo: 'head-prepend' },
  ],
};

/**
 * What the page has from the start goes into one parcel, and what the canvas needs for its first picture into another. Left alone, each
 * thing that a later part shares with them would become a parcel of its own, and small parcels pack badly.
 */
const groups = [
  {
    name: 'kit',
    priority: 2,
    test: /node_modules\/(@radix-ui\/(?!react-popover\/)|@floating-ui|react-remove-scroll|aria-hidden|react\/|react-dom\/|zustand)|src\/app\/(state|ui\/(Button|Icon|Kbd|Menu|TextBox|Tooltip|later|command-bus)\.)/,
  },
  { name: 'scene', priority: 1, test: /src\/app\/canvas\/(?!menus|cards\/Joined)/ },
];

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy],
  build: {
    outDir: 'dist/app',
    target: 'es2023',
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  worker: { format: 'es' },
});
