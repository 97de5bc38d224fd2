import type { Customer } from '$lib/api';
import { customerTexts as texts } from '$lib/texts/customer';

import { formatMoment } from './when';

/** What became of the newest mail, never saying more than is known. */
export function mailTruth(c: Customer): string {
  if (c.mail_kind === '' || c.mail_state === '') return texts.noMail;
  const when = c.mail_at ? formatMoment(c.mail_at) : '';
  return texts.mailState(c.mail_kind, c.mail_state, when, c.mail_error);
}

/** Whether the customer's link still works at that moment; empty when none is expected. */
export function linkTruth(c: Customer, now: number): string {
  if (c.status === 'locked') return '';
  if (c.link_expires_at > now) return texts.linkWorks(formatMoment(c.link_expires_at));
  const expected = c.status === 'pending_activate' || !c.has_password;
  return expected && c.mail_kind !== '' ? texts.linkExpired : '';
}
