import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  plugins: [react()],
  build: { outDir: 'dist/app', target: 'es2023', chunkSizeWarningLimit: 4000, sourcemap: false },
  worker: { format: 'es' },
});
