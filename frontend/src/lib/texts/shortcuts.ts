import { titleOf } from '$lib/actions/titles';

/** Keys that belong to a place rather than to an action. */
export interface PlaceKeys {
  keys: readonly string[];
  does: string;
}

/** Words of the list of shortcuts. */
export const shortcutTexts = {
  title: titleOf('shortcuts'),
  or: 'or',
  inList: 'In the list',
} as const;

export const listKeys: readonly PlaceKeys[] = [
  { keys: ['ArrowUp', 'ArrowDown'], does: 'Move between customers' },
  { keys: ['Enter'], does: 'Open the customer' },
  { keys: ['Mod+Enter'], does: 'Log in as the customer' },
  { keys: ['Space'], does: 'Select or deselect the customer' },
  { keys: ['Shift+ArrowUp', 'Shift+ArrowDown'], does: 'Select several in a row' },
  { keys: ['Mod+A'], does: 'Select all that the list shows' },
  { keys: ['Escape'], does: 'Clear the search or the selection' },
];
