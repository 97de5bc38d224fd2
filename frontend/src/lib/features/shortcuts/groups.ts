import type { Offered } from '$lib/actions';

export interface ShortcutGroup {
  title: string;
  lines: readonly { does: string; keys: readonly string[] }[];
}

/** The actions that have a shortcut, by their menu. */
export function grouped(offered: readonly Offered[]): readonly ShortcutGroup[] {
  const withKeys = offered.filter(({ keys }) => keys.length > 0);
  return [...new Set(withKeys.map(({ menu }) => menu))].map((menu) => ({
    title: menu,
    lines: withKeys
      .filter((action) => action.menu === menu)
      .map(({ plainTitle, keys }) => ({ does: plainTitle, keys })),
  }));
}
