import type { Match, Row } from '$lib/api';
import { matchTitles } from '$lib/texts/list';

/** A part of a text; found when the search is for it. */
export interface Part {
  text: string;
  found: boolean;
}

/** A text cut where the spans begin and end. */
export function parts(text: string, spans: readonly (readonly [number, number])[]): Part[] {
  const cut: Part[] = [];
  let at = 0;
  const add = (to: number, found: boolean): void => {
    if (to > at) cut.push({ text: text.slice(at, to), found });
    at = Math.max(at, to);
  };
  for (const [from, to] of spans) {
    add(Math.min(from, text.length), false);
    add(Math.min(to, text.length), true);
  }
  add(text.length, false);
  return cut;
}

/** What is found in a field of a row. */
export function spansIn(row: Row, field: string, tag = 0): readonly [number, number][] {
  return row.matches.find((m) => m.field === field && m.tag === tag)?.spans ?? [];
}

/** What was found where no column shows it, each begun with where that is. */
export function elsewhere(row: Row, shown: readonly string[]): Part[][] {
  return row.matches
    .filter(({ field }) => field !== 'name' && !shown.includes(field))
    .map((match) => [
      { text: `${matchTitles[match.field] ?? match.field}: `, found: false },
      ...parts(textOf(row, match), match.spans),
    ]);
}

function textOf(row: Row, { field, text, tag }: Match): string {
  if (text !== '') return text;
  switch (field) {
    case 'username':
    case 'company':
    case 'phone':
    case 'city':
      return row[field];
    case 'tags':
      return row.tags[tag] ?? '';
    default:
      return '';
  }
}
