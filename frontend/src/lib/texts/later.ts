/** Words where a part of the page has to be loaded first. */
export const later = {
  failedTitle: 'This can’t be shown',
  notLoaded:
    'A part of Partner Desk could not be loaded. Your customers and your changes are safe.',
  loadAgain: 'Load the window again',
} as const;
