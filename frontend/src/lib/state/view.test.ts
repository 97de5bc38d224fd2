import { describe, expect, it } from 'vitest';

import { isFiltered, plainView, queryOf, restored, sortedBy } from './view';

describe('a view of the list', () => {
  it('asks for the first page without the spaces around the text', () => {
    const query = queryOf({ ...plainView, text: '  anna ', status: 'locked' }, 0);
    expect(query).toMatchObject({ text: 'anna', status: 'locked', offset: 0, limit: 100 });
    expect(query).toMatchObject({ created_from: 0, created_to: 0, sort: 'name' });
  });

  it('turns round when the same column is pressed again', () => {
    expect(sortedBy(plainView, 'name')).toMatchObject({ sort: 'name', descending: true });
  });

  it('begins with the newest for dates and with A for words', () => {
    expect(sortedBy(plainView, 'created_at').descending).toBe(true);
    expect(sortedBy(plainView, 'activated_at').descending).toBe(true);
    expect(sortedBy({ ...plainView, descending: true }, 'company').descending).toBe(false);
  });

  it('is filtered by text, status or date, not by order or spaces', () => {
    expect(isFiltered({ ...plainView, text: '  ', descending: true })).toBe(false);
    expect(isFiltered({ ...plainView, date_preset: 'today' })).toBe(true);
  });

  it('is restored without an order or a range that can’t be asked', () => {
    const kept = JSON.parse(JSON.stringify({ ...plainView, sort: '' })) as typeof plainView;
    expect(restored(kept).sort).toBe('name');
    const wrong = { ...plainView, date_preset: 'custom', date_from: '2026-02-30' } as const;
    expect(
      restored(JSON.parse(JSON.stringify({ ...plainView, columns: null })) as typeof plainView)
        .columns,
    ).toBe(plainView.columns);
    expect(restored(wrong)).toMatchObject({ date_preset: '', date_from: '' });
  });
});
