// A shortcut is written "Mod+Shift+Z", "N" or "?". Mod is Ctrl, and Command on a Mac.

/** Whether this computer is a Mac. */
export const onMac: boolean =
  typeof navigator !== 'undefined' && navigator.userAgent.includes('Mac');

interface Key {
  mod: boolean;
  shift: boolean;
  /** A capital letter, a sign, or a key's name. */
  name: string;
}

function parsed(key: string): Key {
  const parts = key.split('+');
  return {
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    name: parts.at(-1) ?? '',
  };
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Whether that key was pressed. */
export function matches(event: Pressed, key: string, mac = onMac): boolean {
  const { mod, shift, name } = parsed(key);
  const [held, other] = mac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (held !== mod || other || event.altKey) return false;
  if (named(event) !== name) return false;
  // Some keyboards need Shift for a sign.
  return /^[A-Z]$|^.{2,}$/.test(name) ? event.shiftKey === shift : true;
}

// On a keyboard without Latin letters a letter is known by its place.
function named({ key, code }: Pressed): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter && key.length === 1 && key > '~') return letter;
  return key.length === 1 ? key.toUpperCase() : key;
}

const signs: Readonly<Record<string, string>> = {
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** "Ctrl+Shift+Z", on a Mac "⇧⌘Z". */
export function shown(key: string, mac = onMac): string {
  const { mod, shift, name } = parsed(key);
  if (mac) return `${shift ? '⇧' : ''}${mod ? '⌘' : ''}${signs[name] ?? name}`;
  const arrow = name.startsWith('Arrow') ? signs[name] : undefined;
  return [...(mod ? ['Ctrl'] : []), ...(shift ? ['Shift'] : []), arrow ?? name].join('+');
}

/** The same for aria-keyshortcuts; several are alternatives. */
export function spoken(keys: readonly string[], mac = onMac): string | undefined {
  const all = keys.map((key) => key.replace('Mod', mac ? 'Meta' : 'Control')).join(' ');
  return all === '' ? undefined : all;
}

/** Whether a field needs the key itself: copying, undoing what was typed and the like. */
export function belongsToFields(key: string): boolean {
  const { mod, name } = parsed(key);
  return !mod || /^([ACVXYZ]|Enter|Backspace|Delete|Home|End|Arrow\w+)$/.test(name);
}

/** Whether a press there types or chooses something. */
export function typesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
    !(target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type))
  );
}
