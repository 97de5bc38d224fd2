import type { Row, Time } from '$lib/api';
import { mailTruths } from '$lib/texts/list';

export interface Truth {
  text: string;
  /** The partner has something to do about it. */
  wrong: boolean;
}

/** What became of the mail that a Pending customer waits for; null when there is nothing to say. */
export function mailTruth(row: Row, now: Time): Truth | null {
  if (row.status !== 'pending_activate') return null;
  switch (row.mail_state) {
    case 'failed':
      return { text: mailTruths.failed, wrong: true };
    case 'queued':
      return { text: mailTruths.queued, wrong: false };
    case '':
      return row.waiting ? { text: mailTruths.none, wrong: false } : null;
    default:
  }
  if (row.link_expires_at <= now) return { text: mailTruths.expired, wrong: true };
  return { text: row.mail_state === 'saved' ? mailTruths.saved : mailTruths.sent, wrong: false };
}
