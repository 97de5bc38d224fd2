import type { SyncState, WaitingChange } from '$lib/api';
import { formatNumber } from '$lib/format';

import { fieldTitles } from './customer';
import { some } from './some';

/** Words of the changes that wait, and of those that came back. */
export const changesTexts = {
  title: 'Changes',
  tabs: 'Kinds of changes',
  waiting: (n: number) => (n === 0 ? 'Waiting' : `Waiting (${formatNumber(n)})`),
  attention: (n: number) => (n === 0 ? 'Needs attention' : `Needs attention (${formatNumber(n)})`),
  waitingLead: (summary: string) => (summary ? `To be done in the Back Office: ${summary}.` : ''),
  attentionLead: 'These changes came back. Nothing of them is lost; settle them one by one.',
  lookOnly:
    'You can look only now. Ask an owner to let you change customers again, or drop these changes.',
  discardText: 'What you chose here is not applied.',
  nothingWaits: 'Nothing is waiting',
  nothingElseWaits: 'Nothing else is waiting',
  nothingWaitsText: 'Everything on this computer is also in the Back Office.',
  allSettled: 'Nothing needs attention',
  allSettledText: 'A change that the Back Office can’t take as it is shows up here.',
  more: 'Show more',
  of: (shown: number, total: number) => `${formatNumber(shown)} of ${formatNumber(total)}`,
  made: (when: string) => `Made ${when}`,
  onItsWay: 'On its way; can’t be dropped until it is answered',
  drop: 'Drop',
  dropOf: (name: string) => `Drop the change of ${name}`,
  dropAsk: (removes: boolean) =>
    removes ? 'Drop it, and remove this customer from this computer?' : 'Drop it?',
  dropConfirm: 'Drop',
  keep: 'Keep',
  dropMine: 'Drop my change',
  dropMineOf: (name: string) => `Drop my change of ${name}`,
  dropped: (name: string) => `Dropped the change of ${name}`,
  edit: 'Edit',
  editOf: (name: string) => `Edit ${name}`,
  conflict: 'Changed here and elsewhere',
  conflictOf: (name: string) => `Choices for ${name}`,
  field: 'Field',
  before: 'Before',
  mine: 'Mine',
  theirs: 'Theirs',
  choice: (field: string, side: string, value: string) => `${field}, ${side}: ${value}`,
  empty: 'Empty',
  unknown: 'Not shown',
  movedAgain: 'Changed again elsewhere just now',
  also: (fields: string) => `The change of ${fields} goes along.`,
  keepAllMine: 'Keep all mine',
  takeAllTheirs: 'Take all theirs',
  apply: 'Apply',
  applyOf: (name: string) => `Apply the choices for ${name}`,
  chooseFirst: 'Choose one value for each field first.',
  settled: (name: string) => `Settled the change of ${name}`,
  rejected: 'The Back Office did not take this change',
  rejectedUnknown: 'The reason was not told.',
} as const;

/** "2 edits, 3 activation mails, 1 lock"; empty when nothing waits. */
export function changesSummary(
  w: Pick<SyncState, 'creates' | 'edits' | 'activation_mails' | 'locks'>,
): string {
  return [
    [w.creates, 'new customer', 'new customers'] as const,
    [w.edits, 'edit', 'edits'] as const,
    [w.activation_mails, 'activation mail', 'activation mails'] as const,
    [w.locks, 'lock', 'locks'] as const,
  ]
    .filter(([n]) => n > 0)
    .map(([n, one, many]) => some(n, one, many))
    .join(', ');
}

/** What a change will do once the Back Office has it: "Changes City and Phone", "Locks the account". */
export function changeDeeds(change: WaitingChange): string[] {
  const deeds: string[] = [];
  const told = change.status === '' ? [] : ['status', 'lock_reason'];
  const fields = change.fields.filter((field) => !told.includes(field));
  if (change.kind === 'create') deeds.push('Adds this customer');
  else if (fields.length > 0) deeds.push(`Changes ${fieldList(fields)}`);
  const status = statusDeed(change);
  if (status) deeds.push(status);
  if (change.activation_mail) deeds.push('Mails an activation link');
  if (change.set_password_mail) deeds.push('Mails a link to set the password');
  if (change.both_addresses) deeds.push('Tells both addresses of the new username');
  return deeds;
}

function statusDeed({ kind, status, was_status }: WaitingChange): string {
  switch (status) {
    case 'locked':
      return 'Locks the account';
    case 'activated':
      return was_status === 'locked' ? 'Unlocks the account' : 'Activates the account';
    case 'pending_activate':
      return kind === 'create' ? '' : 'Closes the account until it is activated again';
    case '':
      return '';
  }
}

/** "City, Phone and Notes" */
export function fieldList(fields: readonly string[]): string {
  const titles = fields.map((field) => fieldTitles[field] ?? field);
  const last = titles.pop() ?? '';
  return titles.length === 0 ? last : `${titles.join(', ')} and ${last}`;
}
