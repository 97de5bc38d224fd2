/** The details beside the list. */
export const pane = {
  title: 'Details',
  show: 'Show details',
  hide: 'Hide details',
  tabs: 'About the customer',
  glance: 'At a glance',
  history: 'History',
  mails: 'Mails',
  nobody: 'Choose a customer in the list.',
  lock: 'Lock',
  unlock: 'Unlock',
  lockTitle: (name: string) => `Lock ${name}?`,
  unlockTitle: (name: string) => `Unlock ${name}?`,
  contact: 'Contact',
  notes: 'Notes',
  tags: 'Tags',
  address: 'Address',
} as const;
