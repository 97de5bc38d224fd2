import { mount, type Component } from 'svelte';
import type { Attachment } from 'svelte/attachments';

export type Icon = Component<{ size?: number }>;

const originals = new Map<Icon, Map<number, Element>>();

/** Puts a copy of an icon into an element: making one takes as long as the rest of a row. */
export function copied(icon: Icon, size: number): Attachment {
  return (element) => {
    element.replaceChildren(...original(icon, size).cloneNode(true).childNodes);
  };
}

/** An element that holds the icon. */
function original(icon: Icon, size: number): Element {
  const sizes = originals.get(icon) ?? new Map<number, Element>();
  originals.set(icon, sizes);
  let target = sizes.get(size);
  if (!target) {
    target = document.createElement('span');
    mount(icon, { target, props: { size } });
    sizes.set(size, target);
  }
  return target;
}
