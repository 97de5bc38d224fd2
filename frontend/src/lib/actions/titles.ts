// actions.json is the one place where an action's title and shortcuts are; the
// native menus are made of it too (backend/menu). An entry is one action, its
// place in the file is its place in the menus, in the palette and in the list of
// shortcuts. What it does is provided where its state lives (see registry).
import data from './actions.json';
import { shown } from './keys';

type Data = typeof data;

/** The menus, which are the groups of the list of shortcuts too. */
export type MenuTitle = keyof Data;

export type ActionID = { [Menu in MenuTitle]: keyof Data[Menu] }[MenuTitle];

export interface Described {
  id: ActionID;
  menu: MenuTitle;
  title: string;
  /** As keys.ts reads them; the first is the one that is shown. */
  keys: readonly string[];
  /** Other words that people look for it with. */
  words: string;
}

interface Entry {
  title: string;
  keys?: readonly string[];
  words?: string;
}

/** Every action, in the order of the menus. */
export const described: readonly Described[] = Object.entries(data).flatMap(([menu, entries]) =>
  Object.entries<Entry>(entries).map(([id, entry]) => ({
    id: id as ActionID,
    menu: menu as MenuTitle,
    title: entry.title,
    keys: entry.keys ?? [],
    words: entry.words ?? '',
  })),
);

const byID = new Map(described.map((action) => [action.id, action]));

export function describe(id: ActionID): Described {
  const found = byID.get(id);
  if (!found) throw new Error(`actions.json has no ${id}`);
  return found;
}

/** The shortcut that is shown beside an action; empty for none. */
export function hint(id: ActionID): string {
  const key = describe(id).keys[0];
  return key === undefined ? '' : shown(key);
}

export const titleOf = (id: ActionID): string => describe(id).title;
