import { describe, expect, test } from 'vitest';

import { belongsToFields, matches, shown, spoken } from './keys';

type Press = Parameters<typeof matches>[0];

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('a shortcut matches', () => {
  const ctrl = { ctrlKey: true };
  const meta = { metaKey: true };
  test.each([
    ['Ctrl elsewhere', press('k', ctrl), 'Mod+K', false, true],
    ['Command on a Mac', press('k', meta), 'Mod+K', true, true],
    ['not Ctrl on a Mac, which moves the caret', press('n', ctrl), 'Mod+N', true, false],
    ['not Command elsewhere', press('k', meta), 'Mod+K', false, false],
    ['not both', press('k', { ...ctrl, ...meta }), 'Mod+K', false, false],
    ['not AltGr', press('k', { ...ctrl, altKey: true }), 'Mod+K', false, false],
    ['a plain letter', press('n'), 'N', false, true],
    ['with caps lock', press('N'), 'N', false, true],
    ['not with Shift', press('N', { shiftKey: true }), 'N', false, false],
    [
      'Shift that is asked for',
      press('Z', { ...ctrl, shiftKey: true }),
      'Mod+Shift+Z',
      false,
      true,
    ],
    ['not without it', press('z', ctrl), 'Mod+Shift+Z', false, false],
    ['a sign that needs Shift', press('?', { shiftKey: true }), '?', false, true],
    ['a sign with Ctrl', press(',', ctrl), 'Mod+,', false, true],
    ['a named key', press('Enter', ctrl), 'Mod+Enter', false, true],
    ['a letter by its place', press('л', { ...ctrl, code: 'KeyK' }), 'Mod+K', false, true],
    ['a letter by what it types', press('z', { code: 'KeyY' }), 'Z', false, true],
    ['not by its place then', press('z', { code: 'KeyY' }), 'Y', false, false],
  ])('%s', (_, event, key, mac, wanted) => {
    expect(matches(event, key, mac)).toBe(wanted);
  });
});

test('it is shown as the system does', () => {
  expect(shown('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(shown('Mod+Shift+Z', true)).toBe('⇧⌘Z');
  expect(shown('Mod+K', true)).toBe('⌘K');
  expect(shown('?', false)).toBe('?');
  expect(shown('Mod+Enter', true)).toBe('⌘↵');
  expect(spoken(['Mod+N', 'N'], false)).toBe('Control+N N');
  expect(spoken(['Mod+N'], true)).toBe('Meta+N');
  expect(spoken([])).toBeUndefined();
});

test('fields keep the keys that edit text, and letters', () => {
  for (const key of ['N', '?', '/', 'Mod+Z', 'Mod+Shift+Z', 'Mod+A', 'Mod+C', 'Mod+Enter']) {
    expect(belongsToFields(key), key).toBe(true);
  }
  for (const key of ['Mod+K', 'Mod+N', 'Mod+F', 'Mod+,']) {
    expect(belongsToFields(key), key).toBe(false);
  }
});
