import { SvelteSet } from 'svelte/reactivity';

import * as api from '$lib/api';
import { Latest } from '$lib/latest';

import { toasts } from './toasts.svelte';

/** The rows on screen, as far as a selection needs them. */
export interface Rows {
  /** The question that they answer; null before the first answer. */
  readonly query: api.Query | null;
  readonly total: number;
  row(index: number): api.Row | undefined;
  /** -1 for a customer whose row is not read. */
  indexOf(id: string): number;
}

/**
 * Which customers an action is for: some, picked one by one or as a range, or all
 * that the list shows but some. It belongs to the filters: others empty it.
 */
export class CustomerSelection {
  #query = $state.raw<api.Query | null>(null);
  // Those that are in it or, with a query, those that are not.
  #ids = $state.raw(new SvelteSet<string>());
  // How many of these ids do not count any more: gone, or no match of the query.
  #stale = $state(0);
  // Where a range begins.
  #anchor = { index: 0, id: '' };
  #range = new Latest();

  constructor(private readonly rows: Rows) {}

  get count(): number {
    const listed = this.#ids.size - this.#stale;
    return this.#query === null ? listed : Math.max(0, this.rows.total - listed);
  }

  get empty(): boolean {
    return this.count === 0;
  }

  /** Whether it is the whole list. */
  get whole(): boolean {
    return !this.empty && this.count === this.rows.total;
  }

  /** What it is, for Go. */
  get value(): api.Selection {
    const ids = [...this.#ids];
    if (this.#query === null) return { ids, query: null, except: [] };
    return { ids: [], query: this.#query, except: ids };
  }

  has(id: string): boolean {
    return this.#ids.has(id) !== (this.#query !== null);
  }

  /** Ranges go from here. The row's id; undefined when it is not read. */
  begin(index: number): string | undefined {
    const id = this.rows.row(index)?.id;
    if (id === undefined) return undefined;
    this.#range.drop();
    this.#anchor = { index, id };
    return id;
  }

  /** Selects one row and no other. */
  only(index: number): void {
    const id = this.begin(index);
    if (id !== undefined) this.#take([id]);
  }

  toggle(index: number): void {
    const id = this.begin(index);
    if (id === undefined) return;
    if (!this.#ids.delete(id)) this.#ids.add(id);
    if (this.empty) this.clear();
  }

  /**
   * Selects from where the last choice was to a row, and nothing else unless it
   * adds. Rows that are not read are asked for; what is chosen meanwhile counts.
   */
  async extend(index: number, adds = false): Promise<void> {
    const found = this.#anchor.id === '' ? -1 : this.rows.indexOf(this.#anchor.id);
    const anchor = found >= 0 ? found : Math.min(this.#anchor.index, this.rows.total - 1);
    const [first, last] = [Math.min(anchor, index), Math.max(anchor, index)];
    if (!adds && first === 0 && last === this.rows.total - 1) {
      this.everything();
      return;
    }
    const isNewest = this.#range.ask();
    const ids = this.#read(first, last) ?? (await this.#asked(first, last));
    if (!ids || !isNewest()) return;
    if (!adds) this.#take(ids);
    else if (this.#query === null) for (const id of ids) this.#ids.add(id);
    else for (const id of ids) this.#ids.delete(id);
  }

  /** Selects all that the list shows, also what is not read. */
  everything(): void {
    if (this.rows.query === null) return;
    this.#range.drop();
    this.#query = { ...this.rows.query, offset: 0, limit: 0 };
    this.#ids = new SvelteSet();
    this.#stale = 0;
  }

  /** Customers changed: some may be gone, or match no more. */
  async recount(): Promise<void> {
    if (this.#ids.size === 0) return;
    const [ids, { size }] = [this.#ids, this.#ids];
    try {
      const count = await api.countSelected(this.value);
      if (this.#ids !== ids || ids.size !== size) return;
      this.#stale = Math.max(0, size - (this.#query ? this.rows.total - count : count));
    } catch {
      // Told where the list itself can't be read.
    }
  }

  clear(): void {
    this.#range.drop();
    this.#take([]);
  }

  #take(ids: readonly string[]): void {
    this.#query = null;
    this.#ids = new SvelteSet(ids);
    this.#stale = 0;
  }

  #read(first: number, last: number): string[] | null {
    const ids: string[] = [];
    for (let i = first; i <= last; i++) {
      const id = this.rows.row(i)?.id;
      if (id === undefined) return null;
      ids.push(id);
    }
    return ids;
  }

  async #asked(first: number, last: number): Promise<string[] | null> {
    const query = this.rows.query;
    if (query === null) return null;
    try {
      return await api.customerIDs({ ...query, offset: first, limit: last - first + 1 });
    } catch (reason) {
      toasts.showError(reason);
      return null;
    }
  }
}
