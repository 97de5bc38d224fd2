import type { ColumnField } from '$lib/api';
import { moved } from '$lib/state/columns';
import type { CustomerList } from '$lib/state/list.svelte';

const begins = 6; // pixels; a click may slip by less

/** A column's title that is dragged to another place. */
export class ColumnDrag {
  #held: { field: ColumnField; x: number } | null = null;
  #carried = false;
  #over = $state('');

  constructor(private readonly list: CustomerList) {}

  /** The column that the title is held over; empty for none. */
  get over(): string {
    return this.#over;
  }

  /** Whether what was pressed last was dragged, and so not clicked. */
  get carried(): boolean {
    return this.#carried;
  }

  press(field: ColumnField, event: PointerEvent): void {
    this.#carried = false;
    this.#held = event.button === 0 ? { field, x: event.clientX } : null;
  }

  /** Of the row with the titles, which keeps the pointer. */
  move(event: PointerEvent & { currentTarget: HTMLElement }): void {
    if (!this.#held) return;
    if (!this.#carried && Math.abs(event.clientX - this.#held.x) < begins) return;
    if (!this.#carried) event.currentTarget.setPointerCapture(event.pointerId);
    this.#carried = true;
    const under = document.elementFromPoint(event.clientX, event.clientY);
    this.#over = under?.closest<HTMLElement>('[data-column]')?.dataset.column ?? '';
  }

  release(): void {
    const to = this.list.columns.findIndex(({ field }) => field === this.#over);
    if (this.#held && this.#carried && to >= 0) {
      this.list.arrange(moved(this.list.columns, this.#held.field, to));
    }
    this.cancel();
  }

  cancel(): void {
    this.#held = null;
    this.#over = '';
  }
}
