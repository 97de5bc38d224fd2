import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  // Every file is served from the program itself: nothing may be inlined as
  // data that the window's content security policy refuses.
  plugins: [svelte({ dynamicCompileOptions: ({ filename }) => rune(filename) })],
  resolve: {
    alias: { $lib: folder('./src/lib'), $wails: folder('./wailsjs') },
  },
  build: {
    target: ['es2022', 'safari16'],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600, // kB; no network lies between the program and its page
    // build/licences.go puts it together with those of the Go modules.
    license: { fileName: 'licences-of-the-page.md' },
  },
  server: { strictPort: true },
});

// Libraries say themselves whether they use runes.
function rune(filename: string): { runes: undefined } | undefined {
  return filename.includes('node_modules') ? { runes: undefined } : undefined;
}
