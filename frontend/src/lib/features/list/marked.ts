import type { Attachment } from 'svelte/attachments';

import type { Part } from './matches';

/**
 * Writes a text into an element, with what was found in <mark>. Each key press
 * does this for every cell in sight: what is there is written anew, and nothing
 * is made that need not be.
 */
export function marked(parts: () => readonly Part[]): Attachment {
  return (element) => {
    let node = element.firstChild;
    for (const { text, found } of parts()) {
      const name = found ? 'MARK' : '#text';
      if (node?.nodeName !== name) {
        const made = document.createElement('mark');
        node = element.insertBefore(found ? made : document.createTextNode(''), node);
      }
      if (node.textContent !== text) node.textContent = text;
      node = node.nextSibling;
    }
    while (node) {
      const next = node.nextSibling;
      node.remove();
      node = next;
    }
  };
}
