import { expect, test } from 'vitest';

import { described } from './titles';

test('no two actions have one id, one title or one shortcut', () => {
  for (const of of ['id', 'title'] as const) {
    const all = described.map((action) => action[of]);
    expect(new Set(all).size, of).toBe(all.length);
  }
  const keys = described.flatMap((action) => action.keys);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});

test('shortcuts are written in one way', () => {
  for (const { id, keys } of described) {
    for (const key of keys) {
      expect(key, id).toMatch(/^(Mod\+)?(Shift\+)?([A-Z0-9]|[^A-Za-z0-9\s]|Enter|Arrow\w+|F\d+)$/);
    }
  }
});

// The systems and their WebViews have these: quit, close, minimise, hide, reload,
// print, save, full screen, and text editing that no action here stands for.
test('no shortcut is the system’s', () => {
  const taken = ['Q', 'W', 'M', 'H', 'R', 'P', 'S', 'T', 'X', 'C', 'V', 'D', 'L', 'J', 'U'];
  const keys = described.flatMap((action) => action.keys);
  for (const key of taken) {
    expect(keys).not.toContain(`Mod+${key}`);
    expect(keys).not.toContain(`Mod+Shift+${key}`);
  }
});

test('every action is provided somewhere', () => {
  const sources = import.meta.glob<string>('../**/*.{ts,svelte}', {
    eager: true,
    query: '?raw',
    import: 'default',
  });
  const all = Object.entries(sources)
    .filter(([path]) => !path.endsWith('.test.ts'))
    .map(([, source]) => source)
    .join('\n');
  for (const { id } of described) expect(all, id).toMatch(new RegExp(`\\b${id}: `));
});
