import type { CustomerSelection } from '$lib/state/selection.svelte';

type Click = Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey' | 'detail'>;

/** What a click on a row selects. The second of a double click selects nothing more. */
export function clicked(
  selection: CustomerSelection,
  active: number,
  index: number,
  click: Click,
): void {
  if (click.detail > 1) return;
  const adds = click.ctrlKey || click.metaKey;
  if (click.shiftKey) {
    if (selection.empty) selection.begin(active);
    void selection.extend(index, adds);
  } else if (adds) selection.toggle(index);
  else selection.only(index);
}

/** What a press on a row's box selects: never less than before, but for the row itself. */
export function ticked(
  selection: CustomerSelection,
  index: number,
  selected: boolean,
  ranges: boolean,
): void {
  if (ranges && !selected && !selection.empty) void selection.extend(index, true);
  else selection.toggle(index);
}
