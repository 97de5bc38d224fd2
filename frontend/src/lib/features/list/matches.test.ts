import { describe, expect, it } from 'vitest';

import { sampleRow } from '$lib/state/sample-row';

import { elsewhere, parts, spansIn } from './matches';

describe('what was found', () => {
  it('is cut out of its text', () => {
    expect(
      parts('Anna de Vries', [
        [0, 2],
        [8, 10],
      ]),
    ).toEqual([
      { text: 'An', found: true },
      { text: 'na de ', found: false },
      { text: 'Vr', found: true },
      { text: 'ies', found: false },
    ]);
    expect(parts('Anna', [])).toEqual([{ text: 'Anna', found: false }]);
    expect(parts('', [[0, 3]])).toEqual([]);
  });

  it('counts as a page does, beyond the basic plane too', () => {
    expect(parts('🚲 Bikes', [[3, 8]])).toEqual([
      { text: '🚲 ', found: false },
      { text: 'Bikes', found: true },
    ]);
  });

  it('never shows more or less than the text, whatever the spans', () => {
    for (const spans of [
      [[2, 99]],
      [[5, 1]],
      [
        [0, 3],
        [2, 4],
      ],
      [[9, 12]],
    ] as [number, number][][]) {
      expect(
        parts('Müller', spans)
          .map((part) => part.text)
          .join(''),
      ).toBe('Müller');
    }
  });

  it('is shown in its column, or beside the name where there is none', () => {
    const row = sampleRow('c1', {
      company: 'Delft Bikes',
      tags: ['shop', 'vip'],
      matches: [
        { field: 'company', text: '', tag: 0, spans: [[0, 5]] },
        { field: 'tags', text: '', tag: 1, spans: [[0, 3]] },
        { field: 'notes', text: '…a vip since…', tag: 0, spans: [[3, 6]] },
      ],
    });
    expect(spansIn(row, 'company')).toEqual([[0, 5]]);
    expect(spansIn(row, 'tags', 0)).toEqual([]);
    const told = elsewhere(row, ['name', 'company']).map((found) => found[0]?.text);
    expect(told).toEqual(['Tag: ', 'Note: ']);
    expect(elsewhere(row, ['company', 'tags'])[0]?.[2]).toEqual({ text: 'vip', found: true });
  });
});
