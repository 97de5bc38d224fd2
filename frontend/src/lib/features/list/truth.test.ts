import { describe, expect, it } from 'vitest';

import type { Row } from '$lib/api';

import { mailTruth } from './truth';

const pending = {
  status: 'pending_activate',
  mail_state: 'sent',
  link_expires_at: 2_000,
  waiting: false,
} as Row;

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
    expect(mailTruth({ ...pending, ...change }, 1_000)).toEqual({ text, wrong });
  });

  it('is told of Pending customers only', () => {
    expect(mailTruth({ ...pending, status: 'activated' }, 1_000)).toBeNull();
    expect(mailTruth({ ...pending, mail_state: '' }, 1_000)).toBeNull();
  });
});
