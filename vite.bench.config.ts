import { defineConfig } from 'vite';

export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['@playwright/test'] },
  build: {
    ssr: true,
    outDir: 'dist/bench',
    target: 'node20',
    rollupOptions: {
      input: { main: 'bench/main.ts', 'gestures-on': 'bench/gestures-on.ts' },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
