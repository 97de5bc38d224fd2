import { expect, it } from 'vitest';

import { hueOf, initials } from './initials';

it.each([
  [['Anna', 'de Vries'], 'AD'],
  [['  chloé ', ''], 'C'],
  [['👩‍💻', 'Ünal'], '👩‍💻Ü'],
  [['', ''], ''],
] as const)('%j have the initials %s', (names, letters) => {
  expect(initials(...names)).toBe(letters);
});

it('gives the same text the same hue', () => {
  expect(hueOf('a', 6)).toBe(hueOf('a', 6));
  expect(hueOf('any text', 6)).toBeLessThan(6);
});
