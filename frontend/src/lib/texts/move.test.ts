import { expect, test } from 'vitest';

import { moveTexts as texts, refusedAsText } from './move';

const dirk = {
  customer_id: '1',
  name: 'Dirk Bakker',
  username: 'dirk@bread.example',
  message: 'Taken.',
};

test('the copied list has a line each', () => {
  const line = 'Dirk Bakker\tdirk@bread.example\tTaken.';
  expect(refusedAsText([dirk])).toBe(line);
  expect(refusedAsText([dirk, { ...dirk, customer_id: '2' }])).toBe(`${line}\n${line}`);
});

test('the list on screen says when there are more', () => {
  expect(texts.refusedRest(100, 150)).toBe('The first 100 of 150.');
  expect(texts.refusedRest(2, 2)).toBe('');
});

test('one and many are told apart', () => {
  expect(texts.moved(1, 'office.example')).toBe('1 customer has moved to office.example');
  expect(texts.moved(12, 'office.example')).toBe('12 customers have moved to office.example');
  expect(texts.refused(1)).toBe('1 customer was refused');
  expect(texts.pending(2)).toBe('2 customers have no working link now');
  expect(texts.bannerMoved('office.example', 0)).not.toContain('refused');
  expect(texts.bannerMoved('office.example', 2)).toContain('2 customers were refused.');
});

test('giving up says no more than is known, and that who moved stays there', () => {
  const none = texts.giveUpText(0, 'office.example');
  expect(none).toContain('As far as is known, none has moved.');
  const some = texts.giveUpText(3, 'office.example');
  expect(some).toContain('At least 3 customers have moved to office.example.');
  for (const text of [none, some]) expect(text).toContain('One that moved stays there');
});

test('the offer to mail says how many, once that is known', () => {
  expect(texts.mailPending(3)).toMatch(/\(3 Pending Activate\)$/);
  expect(texts.mailPending()).not.toContain('(');
});
