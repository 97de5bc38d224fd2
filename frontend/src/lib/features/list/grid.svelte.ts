import { tick } from 'svelte';

import type { CustomerList } from '$lib/state/list.svelte';

import { drawn, indexes, scrolledTo, type Span } from './rows';
import { Scroll } from './scroll.svelte';

export const rowHeight = 44; // pixels, as --row in tokens.css
const headerHeight = 34;
const barHeight = 64; // of what may lie over the last rows

/** Where the list is looked at, and the row that keys act on. */
export class Grid {
  readonly scroll: Scroll;
  /** Of the element, in pixels. */
  height = $state(0);
  /** Whether something lies over the last rows: then they can be scrolled above it. */
  covered = $state(false);
  #active = $state(0);
  // What was looked at, to find it again after a refresh.
  #anchor = { id: '', offset: 0 };
  #activeID = '';

  constructor(private readonly list: CustomerList) {
    this.scroll = new Scroll(() => ({ whole: this.#whole, height: this.#seen }));
  }

  /** The index of the row that keys act on; the one that Tab reaches. */
  get active(): number {
    return this.#active;
  }

  get total(): number {
    return this.list.totals?.total ?? 0;
  }

  /** How many rows are seen at once. */
  get perPage(): number {
    return Math.floor(this.#free / rowHeight);
  }

  get span(): Span {
    if (!this.list.totals) return { first: 0, last: Math.ceil(this.#seen / rowHeight) };
    return drawn(this.scroll.top, this.#seen, rowHeight, this.total);
  }

  /** The indexes of the rows to draw. */
  get shown(): number[] {
    return indexes(this.span, this.active, this.total);
  }

  /** Pixels from the top of the element with the rows. */
  placeOf(index: number): number {
    return index * rowHeight - this.scroll.shift;
  }

  activate(index: number): void {
    this.#active = index;
    this.#remember();
  }

  /** There may be fewer rows than before. */
  clamp(): void {
    if (this.#active >= this.total) this.#active = Math.max(0, this.total - 1);
  }

  /** Another question was answered: the list begins at its top again. */
  begin(): void {
    this.scroll.to(0);
    this.#active = 0;
    this.#remember();
  }

  scrolled(): void {
    this.scroll.moved();
    this.#remember();
  }

  /** Puts the focus on the row that Tab reaches. */
  focus(): void {
    if (this.total > 0) void this.moveTo(this.#active);
  }

  async moveTo(index: number): Promise<void> {
    this.#active = index;
    const { top } = this.scroll;
    const to = scrolledTo(index, rowHeight, top, this.#free);
    if (to !== top) this.scroll.to(to);
    await tick();
    this.#focusPart(index, -1);
    this.#remember();
  }

  // Rows came or went elsewhere: what was on screen stays where it was, and the
  // focus stays on its customer. At the very top, new rows may come into view.
  async keepInPlace(): Promise<void> {
    const first = this.#anchor.id === '' ? -1 : this.list.indexOf(this.#anchor.id);
    if (first >= 0 && this.scroll.top > 0) {
      this.scroll.to(first * rowHeight + this.#anchor.offset);
    }
    const index = this.#activeID === '' ? -1 : this.list.indexOf(this.#activeID);
    if (index >= 0 && index !== this.#active) {
      const part = this.focusedPart();
      this.#active = index;
      if (part !== null) {
        await tick();
        this.#focusPart(index, part);
      }
    }
    this.#remember();
  }

  /** The row (-1), or which of its controls, has the focus; null when none has. */
  focusedPart(): number | null {
    const focused = document.activeElement;
    const row = focused?.closest<HTMLElement>('[data-index]');
    if (!focused || !row || this.scroll.element?.contains(row) !== true) return null;
    return controls(row).findIndex((control) => control === focused);
  }

  #focusPart(index: number, part: number): void {
    const row = this.scroll.element?.querySelector<HTMLElement>(`[data-index="${index}"]`);
    const control = row ? controls(row)[part] : undefined;
    (control ?? row)?.focus({ preventScroll: true });
  }

  #remember(): void {
    const { top } = this.scroll;
    const first = Math.floor(top / rowHeight);
    this.#anchor = { id: this.list.row(first)?.id ?? '', offset: top - first * rowHeight };
    this.#activeID = this.list.row(this.#active)?.id ?? '';
  }

  get #whole(): number {
    return this.total * rowHeight + (this.covered ? barHeight : 0);
  }

  /** Pixels of rows that are in sight, also below what lies over them. */
  get #seen(): number {
    return Math.max(0, this.height - headerHeight);
  }

  get #free(): number {
    return Math.max(0, this.#seen - (this.covered ? barHeight : 0));
  }
}

function controls(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>('input, button')];
}
