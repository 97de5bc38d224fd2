import { describe, expect, it } from 'vitest';

import { sampleRow } from '$lib/state/sample-row';

import { titleOf } from './titles';

describe('what a cell says under the pointer', () => {
  const row = sampleRow('c1', {
    first_name: 'Anna',
    last_name: 'de Vries',
    country: 'NL',
    tags: ['shop', 'vip'],
    created_at: Date.UTC(2026, 2, 12, 12),
  });

  it('is all of its text', () => {
    expect(titleOf(row, 'name', 0)).toBe('Anna de Vries');
    expect(titleOf(row, 'username', 0)).toBe(row.username);
    expect(titleOf(row, 'tags', 0)).toBe('shop, vip');
    expect(titleOf(row, 'country', 0)).toBe('Netherlands');
    expect(titleOf(row, 'created_at', 0)).toMatch(/2026.*:/);
    expect(titleOf(sampleRow('c2', { created_at: 0 }), 'created_at', 0)).toBe('');
  });

  it('is why a customer is locked, or how long the link works', () => {
    expect(titleOf(sampleRow('c1', { status: 'locked', lock_reason: 'Unpaid' }), 'status', 0)).toBe(
      'Unpaid',
    );
    const pending = sampleRow('c1', {
      status: 'pending_activate',
      mail_state: 'sent',
      link_expires_at: 2_000,
    });
    expect(titleOf(pending, 'status', 1_000)).not.toBe('');
    expect(titleOf(pending, 'status', 3_000)).toBe('');
  });
});
