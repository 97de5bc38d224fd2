import { describe, expect, it } from 'vitest';

import { command, type Place, type Press } from './keys';

const at: Place = { active: 50, total: 100, perPage: 10, onRow: true, inRow: true };

function press(key: string, more: Partial<Press> = {}): Press {
  const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, repeat: false };
  return { key, ...plain, ...more };
}

describe('keys in the list', () => {
  it.each([
    [press('ArrowDown'), { do: 'move', to: 51 }],
    [press('End', { repeat: true }), { do: 'move', to: 99 }],
    [press('ArrowUp', { shiftKey: true }), { do: 'extend', to: 49 }],
    [press('Home', { shiftKey: true }), { do: 'extend', to: 0 }],
    [press(' '), { do: 'toggle' }],
    [press(' ', { shiftKey: true }), { do: 'extend', to: 50 }],
    [press('a', { ctrlKey: true }), { do: 'everything' }],
    [press('a', { metaKey: true }), { do: 'everything' }],
    [press('Escape'), { do: 'clear' }],
    [press('Enter'), { do: 'edit' }],
    [press('Enter', { ctrlKey: true }), { do: 'log-in-as' }],
    [press('ArrowDown', { altKey: true }), null],
    [press('ArrowDown', { ctrlKey: true }), null],
    [press(' ', { repeat: true }), null],
    [press('x'), null],
  ])('%j asks for %j', (key, wanted) => {
    expect(command(key, at)).toEqual(wanted);
  });

  it('leaves Enter and Space to a row’s own controls, not the arrows', () => {
    const inButton = { ...at, onRow: false };
    expect(command(press('Enter'), inButton)).toBeNull();
    expect(command(press(' '), inButton)).toBeNull();
    expect(command(press('ArrowDown'), inButton)).toEqual({ do: 'move', to: 51 });
  });

  it('moves nothing from the header', () => {
    const inHeader = { ...at, onRow: false, inRow: false };
    expect(command(press('ArrowDown'), inHeader)).toBeNull();
    expect(command(press('a', { ctrlKey: true }), inHeader)).toEqual({ do: 'everything' });
  });
});
