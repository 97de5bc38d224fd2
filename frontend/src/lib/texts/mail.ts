import type { MailKind, MailState, Time } from '$lib/api';
import { formatMoment } from '$lib/format';

export const mailKindTitles: Readonly<Record<MailKind, string>> = {
  activation: 'Activation mail',
  set_password: 'Set-your-password mail',
  reset_password: 'Reset-password mail',
  username_changed: 'Username-changed mail',
};

export const mailStateTitles: Readonly<Record<MailState, string>> = {
  queued: 'Queued',
  sent: 'Sent',
  saved: 'Saved as file, not sent',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

/** What became of the mail to a customer and of the link in it. */
export const mailTexts = {
  queued: 'Mail queued',
  sent: 'Mail sent',
  saved: 'Mail saved as file',
  failed: 'Mail failed',
  expired: 'Link expired',
  none: 'No mail yet',
  noneYet: 'None yet',
  linkWorks: (until: Time) => `The link works until ${formatMoment(until)}`,
  linkExpired: 'The link has expired',
  linkDead: 'The link no longer works',
} as const;

/** What became of one mail, and when. */
export function mailStateSentence(
  kind: MailKind,
  state: MailState,
  at: Time,
  error: string,
): string {
  const title = mailKindTitles[kind];
  switch (state) {
    case 'queued':
      return `${title} is queued`;
    case 'sent':
      return `${title} sent ${formatMoment(at)}`.trim();
    case 'saved':
      return `${title} saved as a file, not sent`;
    case 'failed':
      return error ? `${title} failed: ${error}` : `${title} failed`;
    case 'cancelled':
      return `${title} was cancelled before it went out`;
  }
}
