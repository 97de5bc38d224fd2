import { moved } from './rows';

/** A key pressed in the list. */
export type Press = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'repeat'
>;

/** Where it was pressed. */
export interface Place {
  active: number;
  total: number;
  perPage: number;
  /** A row itself has the focus, and not one of its controls. */
  onRow: boolean;
  /** A row or one of its controls has it. */
  inRow: boolean;
}

export type Command =
  | { do: 'move' | 'extend'; to: number }
  | { do: 'toggle' | 'everything' | 'clear' | 'edit' | 'log-in-as' };

/** What a key asks for; null for nothing. */
export function command(press: Press, at: Place): Command | null {
  const ctrl = press.ctrlKey || press.metaKey;
  if (press.altKey) return null;
  if (ctrl && press.key.toLowerCase() === 'a') return { do: 'everything' };
  if (press.key === 'Escape') return { do: 'clear' };
  if (at.inRow && !press.ctrlKey) {
    const to = moved(press.key, at.active, at.total, at.perPage);
    if (to !== null) return { do: press.shiftKey ? 'extend' : 'move', to };
  }
  if (!at.onRow || press.repeat) return null;
  if (press.key === 'Enter') return { do: ctrl ? 'log-in-as' : 'edit' };
  if (press.key !== ' ' || ctrl) return null;
  return press.shiftKey ? { do: 'extend', to: at.active } : { do: 'toggle' };
}
