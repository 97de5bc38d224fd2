import type { Customer, Row, Time } from '$lib/api';
import { mailStateSentence, mailTexts } from '$lib/texts/mail';

export interface Truth {
  text: string;
  /** The partner has something to do about it. */
  wrong: boolean;
}

/**
 * In a few words, what became of the mail that a Pending customer waits for, never
 * saying more than is known; null when there is nothing to say.
 */
export function mailTruth(row: Row, now: Time): Truth | null {
  if (row.status !== 'pending_activate') return null;
  switch (row.mail_state) {
    case 'failed':
      return { text: mailTexts.failed, wrong: true };
    case 'queued':
      return { text: mailTexts.queued, wrong: false };
    case '':
      return row.waiting ? { text: mailTexts.none, wrong: false } : null;
    default:
  }
  if (row.link_expires_at <= now) return { text: mailTexts.expired, wrong: true };
  return { text: row.mail_state === 'saved' ? mailTexts.saved : mailTexts.sent, wrong: false };
}

/** The same of the newest mail to any customer, as a sentence. */
export function mailSentence(c: Customer): string {
  if (c.mail_kind === '' || c.mail_state === '') return mailTexts.noneYet;
  return mailStateSentence(c.mail_kind, c.mail_state, c.mail_at, c.mail_error);
}

/** Whether the customer's link still works at that moment; empty when none is expected. */
export function linkSentence(c: Customer, now: Time): string {
  if (c.status === 'locked') return '';
  if (c.link_expires_at > now) return mailTexts.linkWorks(c.link_expires_at);
  const expected = c.status === 'pending_activate' || !c.has_password;
  return expected && c.mail_kind !== '' ? mailTexts.linkExpired : '';
}
