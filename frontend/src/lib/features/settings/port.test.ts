import { expect, test } from 'vitest';

import { isPort } from './port';

test.each([
  ['1', true],
  [' 587 ', true],
  ['65535', true],
  ['0', false],
  ['65536', false],
  ['', false],
  ['5e2', false],
  ['-1', false],
  ['25.0', false],
])('%j is a port: %s', (text, is) => {
  expect(isPort(text)).toBe(is);
});
