import { expect, test } from 'vitest';

import { valueOf } from './value';

test.each([
  ['status', { status: 'pending_activate' }, 'Pending Activate'],
  ['country', { country: 'NL' }, 'Netherlands'],
  ['language', { language: 'nl' }, 'Dutch'],
  ['tags', { tags: ['vip', 'b2b'] }, 'vip, b2b'],
  ['tags', { tags: [] }, ''],
  ['notes', { notes: 'x'.repeat(300) }, 'x'.repeat(300)],
  ['company', {}, null],
] as const)('%s of %j is %j', (field, fields, text) => {
  expect(valueOf(fields as Parameters<typeof valueOf>[0], field)).toBe(text);
});
