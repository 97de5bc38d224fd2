/** What a key pressed anywhere on the list asks for; null for nothing. */
export function shortcut(event: KeyboardEvent): 'add' | 'search' | null {
  if (event.defaultPrevented || event.altKey || event.repeat) return null;
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'n') return 'add';
    return key === 'f' ? 'search' : null;
  }
  if (typesText(event.target)) return null;
  if (key === 'n') return 'add';
  return key === '/' ? 'search' : null;
}

function typesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
    !(target instanceof HTMLInputElement && target.type === 'radio')
  );
}
