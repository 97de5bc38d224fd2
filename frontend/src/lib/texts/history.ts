import type { CustomerEvent, FieldChange } from '$lib/api';

import { statusTitles } from './common';
import { fieldTitles, languageTitles } from './customer';
import { mailKindTitles } from './mail';

const longest = 80; // characters of a value within a sentence

/** Values are codes in the history; people read their names. */
export function valueTitle(
  field: string,
  value: string,
  country: (code: string) => string,
): string {
  switch (field) {
    case 'status':
      return value in statusTitles ? statusTitles[value as keyof typeof statusTitles] : value;
    case 'language':
      return languageTitles[value] ?? value;
    case 'country':
      return value === '' ? '' : country(value);
  }
  return value;
}

/** The beginning of a long value. */
export function cut(value: string): string {
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}

function change(c: FieldChange, country: (code: string) => string): string {
  const title = fieldTitles[c.field] ?? c.field;
  const from = cut(valueTitle(c.field, c.from, country));
  const to = cut(valueTitle(c.field, c.to, country));
  if (from === '' && to === '') return title;
  if (from === '') return `${title} to “${to}”`;
  if (to === '') return `${title} from “${from}” to nothing`;
  return `${title} from “${from}” to “${to}”`;
}

/** What happened, to be read after the actor's name. */
function deed(event: CustomerEvent, country: (code: string) => string): string {
  const mail = event.mail_kind === '' ? 'Mail' : mailKindTitles[event.mail_kind];
  const changes = event.changes.map((c) => change(c, country)).join(', ');
  switch (event.kind) {
    case 'created':
      return 'added this customer';
    case 'moved':
      return 'moved this customer in from another Back Office';
    case 'changed':
    case 'status_changed':
      return changes === '' ? 'changed this customer' : `changed ${changes}`;
    case 'mail_queued':
      return event.detail
        ? `queued the ${mail.toLowerCase()} to ${event.detail}`
        : `queued the ${mail.toLowerCase()}`;
    case 'mail_sent':
      return event.detail ? `${mail} was sent to ${event.detail}` : `${mail} was sent`;
    case 'mail_saved':
      return `${mail} was saved as a file, not sent`;
    case 'mail_failed':
      return event.detail ? `${mail} failed: ${event.detail}` : `${mail} failed`;
    case 'link_copied':
      return 'made and copied a link; earlier links stopped working';
    case 'activated':
      return 'activated the account';
    case 'logged_in':
      return 'logged in';
    case 'visited':
      return event.detail
        ? `logged in as this customer: ${event.detail}`
        : 'logged in as this customer';
    case 'visit_ended':
      return 'ended the session as this customer';
    case 'password_changed':
      return event.visit
        ? 'replaced the password while logged in as this customer'
        : 'changed the password';
  }
}

/** The whole sentence. What the Back Office did by itself has no actor. */
export function eventSentence(event: CustomerEvent, country: (code: string) => string): string {
  const words = deed(event, country);
  return event.actor.kind === 'system' || event.actor.name === ''
    ? words.charAt(0).toUpperCase() + words.slice(1)
    : `${event.actor.name} ${words}`;
}
