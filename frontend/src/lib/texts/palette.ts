import { formatNumber } from '$lib/format';

/** Words of the command palette. */
export const paletteTexts = {
  title: 'Search customers and actions',
  placeholder: 'Search customers and actions',
  list: 'What was found',
  recent: 'Recent',
  actions: 'Actions',
  customers: 'Customers',
  nothing: (text: string) => `Nothing fits “${text}”`,
  found: (n: number) => (n === 1 ? '1 result' : `${formatNumber(n)} results`),
  run: 'Choose',
  open: 'Open',
  logInAs: 'Log in as',
  close: 'Close',
} as const;
