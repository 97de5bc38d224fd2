import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Rolldown } from 'vite';

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
    rolldownOptions: {
      output: { codeSplitting: { groups: [atStart(), { name: 'shared', minShareCount: 2 }] } },
    },
    // build/licences.go puts it together with those of the Go modules.
    license: { fileName: 'licences-of-the-page.md' },
  },
  server: { strictPort: true },
});

// Libraries say themselves whether they use runes.
function rune(filename: string): { runes: undefined } | undefined {
  return filename.includes('node_modules') ? { runes: undefined } : undefined;
}

// What the page imports at its start is one file, what several of the parts
// that come later share is another, and each of these parts is one more.
function atStart(): Rolldown.CodeSplittingGroup {
  const needed = new Set<string>();
  return {
    debugName: 'start',
    name: (id, modules) => {
      if (needed.size === 0) needed.add(folder('./index.html'));
      // A set that grows while it is gone through is gone through to its new end.
      for (const module of needed) {
        for (const other of modules.getModuleInfo(module)?.importedIds ?? []) needed.add(other);
      }
      return needed.has(id) ? 'start' : null;
    },
    priority: 1,
  };
}
