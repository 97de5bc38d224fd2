import { describe, expect, it } from 'vitest';

import type { Customer, Row } from '$lib/api';

import { linkSentence, mailSentence, mailTruth } from './mail-truth';

const pending = {
  status: 'pending_activate',
  mail_kind: 'activation',
  mail_state: 'sent',
  mail_at: 500,
  mail_error: '',
  link_expires_at: 2_000,
} as const;
const row = { ...pending, waiting: false } as unknown as Row;
const customer = { ...pending, has_password: false } as unknown as Customer;

describe('what became of a mail', () => {
  it.each([
    [{}, 'Mail sent', false],
    [{ mail_state: 'saved' }, 'Mail saved as file', false],
    [{ mail_state: 'queued' }, 'Mail queued', false],
    [{ mail_state: 'failed' }, 'Mail failed', true],
    [{ link_expires_at: 1_000 }, 'Link expired', true],
    [{ link_expires_at: 0 }, 'Link expired', true],
    [{ mail_state: '', waiting: true }, 'No mail yet', false],
  ] as const)('%j: %s', (change, text, wrong) => {
    expect(mailTruth({ ...row, ...change }, 1_000)).toEqual({ text, wrong });
  });

  it('is told in the list of Pending customers only', () => {
    expect(mailTruth({ ...row, status: 'activated' }, 1_000)).toBeNull();
    expect(mailTruth({ ...row, mail_state: '' }, 1_000)).toBeNull();
  });

  it.each([
    [{}, /^Activation mail sent .+/],
    [{ mail_state: 'saved' }, /^Activation mail saved as a file, not sent$/],
    [{ mail_state: 'failed', mail_error: 'no such user' }, /failed: no such user$/],
    [{ mail_state: '', mail_kind: '' }, /^None yet$/],
  ] as const)('%j is a sentence like %s', (change, like) => {
    expect(mailSentence({ ...customer, ...change })).toMatch(like);
  });
});

it('tells of a link that works or has expired, and of none where none is expected', () => {
  expect(linkSentence(customer, 1_000)).toMatch(/^The link works until/);
  expect(linkSentence(customer, 2_000)).toBe('The link has expired');
  expect(linkSentence({ ...customer, status: 'locked' }, 1_000)).toBe('');
  const active = { ...customer, status: 'activated', has_password: true } as const;
  expect(linkSentence(active, 3_000)).toBe('');
});
