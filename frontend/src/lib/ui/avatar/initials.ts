/** The first letters of the given names, at most two, as people read them. */
export function initials(...names: string[]): string {
  return names
    .map((name) => first(name.trim()))
    .filter((letter) => letter !== '')
    .slice(0, 2)
    .join('')
    .toLocaleUpperCase();
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function first(name: string): string {
  // Latin letters, unless something is put on the first one: no need to ask.
  if (/^[\u0020-\u024f](?![\u0300-\uffff])/.test(name)) return name.charAt(0);
  for (const { segment } of segmenter.segment(name)) return segment;
  return '';
}

/** One of `count` hues, always the same for the same text. */
export function hueOf(text: string, count: number): number {
  let hash = 2166136261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  return (hash >>> 0) % count;
}
