import { mount, type Component } from 'svelte';
import type { Attachment } from 'svelte/attachments';

export type Icon = Component<{ size?: number }>;

const made = new Map<Icon, Map<number, Node>>();

/** Puts a copy of an icon into an element. Icons that are in every row are made once, which takes as long as a row. */
export function copied(icon: Icon, size: number): Attachment {
  return (element) => {
    element.replaceChildren(original(icon, size).cloneNode(true));
  };
}

function original(icon: Icon, size: number): Node {
  const sizes = made.get(icon) ?? new Map<number, Node>();
  made.set(icon, sizes);
  let node = sizes.get(size);
  if (!node) {
    node = document.createDocumentFragment();
    const target = document.createElement('span');
    mount(icon, { target, props: { size } });
    node.appendChild(target.firstElementChild ?? target);
    sizes.set(size, node);
  }
  return node;
}
