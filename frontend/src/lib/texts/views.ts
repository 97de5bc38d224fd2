/** Saved views, beside the list. */
export const views = {
  title: 'Views',
  all: 'All customers',
  show: 'Show views',
  hide: 'Hide views',
  save: 'Save view',
  saveHint: 'Keeps the filters, the order and the columns under a name',
  name: 'Name of the view',
  saveIt: 'Save',
  more: (name: string) => `Actions for the view ${name}`,
  update: 'Update to what the list shows',
  rename: 'Rename',
  up: 'Move up',
  down: 'Move down',
  remove: 'Delete',
  changed: 'changed',
  removeTitle: (name: string) => `Delete the view “${name}”?`,
  removeText: 'The customers in it stay as they are.',
} as const;

/** What a new workspace begins with. */
export const plainViewNames = {
  week: 'New this week',
  pending: 'Pending Activate',
  locked: 'Locked',
} as const;
