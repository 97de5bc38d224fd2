import { expect, test } from 'vitest';

import type { BulkChange, BulkFigures, BulkResult, Reversed } from '$lib/api';

import { bulkTexts } from './bulk';
import { undoTexts } from './undo';

const action = { id: 'a', kind: 'bulk', title: 'Lock 412 customers', made_at: 1 } as const;
const reversed = (more: Partial<Reversed>): Reversed => ({
  action,
  changed: 412,
  left: {},
  activation_mails: 0,
  set_password_mails: 0,
  mails_sent: 0,
  mails_saved: 0,
  passwords: 0,
  stay: [],
  cancelled: false,
  rest: 0,
  ...more,
});

test.each([
  ['all', {}, 'Undone: Lock 412 customers.'],
  [
    'some changed since',
    { changed: 409, left: { changed_since: 3 } },
    'Undone: Lock 412 customers. 3 customers were changed since and stay as they are.',
  ],
  [
    'one that cannot be deleted',
    { changed: 0, left: { at_back_office: 1 } },
    'Not undone: Lock 412 customers. 1 customer is at the Back Office already, where accounts can’t be deleted.',
  ],
  [
    'mails and passwords',
    { activation_mails: 1, mails_sent: 2, passwords: 1 },
    'Undone: Lock 412 customers. 1 activation mail goes out. 2 mails were sent already and can’t be unsent. 1 password can’t be taken back, since none is kept in a readable form.',
  ],
  [
    'stopped',
    { changed: 100, cancelled: true, rest: 312 },
    'Undone: Lock 412 customers. Stopped after 100; 312 changes are left, and Undo goes on with them.',
  ],
])('an undo says what became of it: %s', (_, more: Partial<Reversed>, words) => {
  expect(undoTexts.reversed(reversed(more), false)).toBe(words);
});

test('a redo says it of a redo', () => {
  expect(undoTexts.reversed(reversed({ passwords: 1 }), true)).toBe(
    'Done again: Lock 412 customers. 1 password can’t be restored, since none is kept in a readable form.',
  );
});

const change = (more: Partial<BulkChange>): BulkChange => ({
  kind: 'status',
  status: 'locked',
  lock_reason: '',
  tags: [],
  ...more,
});
const figures = (more: Partial<BulkFigures>): BulkFigures => ({
  total: 412,
  changed: 400,
  already: 12,
  left: {},
  activation_mails: 0,
  set_password_mails: 0,
  ...more,
});

test.each([
  [change({}), figures({}), '412 customers: 400 will be locked, 12 are locked already.'],
  [
    change({ status: 'activated' }),
    figures({ already: 1, left: { in_conflict: 11 } }),
    '412 customers: 400 will be activated, 1 is Activated already, 11 stay as they are.',
  ],
  [
    change({ status: 'pending_activate' }),
    figures({}),
    '412 customers: 400 will be Pending Activate, 12 are Pending Activate already.',
  ],
  [
    change({ kind: 'add_tags', tags: ['vip'] }),
    figures({}),
    '412 customers: 400 will be changed, 12 have it already.',
  ],
  [
    change({ kind: 'remove_tags', tags: ['a', 'b'] }),
    figures({ already: 1, changed: 411 }),
    '412 customers: 411 will be changed, 1 has none of them.',
  ],
  [
    change({ kind: 'resend' }),
    figures({ already: 0, changed: 1, total: 2, left: { no_link_needed: 1 } }),
    '2 customers: 1 will be mailed a link, 1 stays as it is.',
  ],
])('a preview says what will happen to how many', (what, f, words) => {
  expect(bulkTexts.summary(what, f)).toBe(words);
});

test('the button names what it does, the notes say which mails go out and why some stay', () => {
  expect(bulkTexts.submit(change({}), 400)).toBe('Lock 400 customers');
  expect(bulkTexts.submit(change({ kind: 'add_tags', tags: ['a', 'b'] }), 1)).toBe(
    'Add “a”, “b” to 1 customer',
  );
  const f = figures({ set_password_mails: 2, left: { too_many_tags: 1 } });
  expect(bulkTexts.notes(f)).toEqual([
    '2 mails to set a password go out.',
    '1 customer has too many tags already.',
  ]);
});

test('the result says what was left out', () => {
  const done: BulkResult = {
    ...figures({ already: 1 }),
    action,
    cancelled: true,
    rest: 11,
    failed: [],
    failed_count: 0,
    stopped: null,
  };
  expect(bulkTexts.result(done)).toBe(
    'Done: Lock 412 customers. Stopped: 11 customers left out. 1 was so already.',
  );
});
