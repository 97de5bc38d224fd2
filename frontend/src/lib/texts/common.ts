import type { Status } from '$lib/api';

/** Words that several screens use. */
export const common = {
  product: 'Partner Desk',
  opening: 'Opening Partner Desk…',
  close: 'Close',
  dismiss: 'Dismiss',
  loading: 'Loading…',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  ok: 'OK',
  notifications: 'Messages',
  discardTitle: 'Discard your changes?',
  discardText: 'What you typed here is not saved.',
  keepEditing: 'Keep editing',
  discard: 'Discard',
} as const;

/** The statuses in the vendor's words. */
export const statusTitles: Readonly<Record<Status, string>> = {
  pending_activate: 'Pending Activate',
  activated: 'Activated',
  locked: 'Locked',
};

/** How a status is coloured. */
export const statusTones: Readonly<Record<Status, 'pending' | 'good' | 'stopped'>> = {
  pending_activate: 'pending',
  activated: 'good',
  locked: 'stopped',
};
