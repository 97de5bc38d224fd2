import { SvelteMap } from 'svelte/reactivity';

import * as api from '$lib/api';
import { plainViewNames } from '$lib/texts/views';

import { untilTomorrow } from './created';
import type { CustomerList } from './list.svelte';
import { isFiltered, plainView, queryOf, restored, sameView } from './view';

const countAfter = 250; // milliseconds, so that a burst of changes is counted once

const plainViews: readonly api.SavedView[] = [
  { id: 'week', name: plainViewNames.week, view: { ...plainView, date_preset: '7d' } },
  {
    id: 'pending',
    name: plainViewNames.pending,
    view: { ...plainView, status: 'pending_activate' },
  },
  { id: 'locked', name: plainViewNames.locked, view: { ...plainView, status: 'locked' } },
];

/** The user's views of the list, and how many customers each shows. */
export class SavedViews {
  #views = $state.raw<readonly api.SavedView[]>([]);
  #counts = new SvelteMap<string, number>();
  #opened = $state(''); // the view that was opened last
  #timer: ReturnType<typeof setTimeout> | undefined;
  #counting = false;
  #again = false;

  constructor(private readonly list: CustomerList) {}

  get all(): readonly api.SavedView[] {
    return this.#views;
  }

  /** The id of the view that the list shows, changed or not; empty for all customers. */
  get current(): string {
    const { view } = this.list;
    const opened = this.#find(this.#opened);
    if (opened && (isFiltered(view) || sameView(opened.view, view))) return opened.id;
    return this.#views.find((saved) => sameView(saved.view, view))?.id ?? '';
  }

  /** Whether the list shows the current view otherwise than it was saved. */
  get changed(): boolean {
    const current = this.#find(this.current);
    return current !== undefined && !sameView(current.view, this.list.view);
  }

  /** Undefined until it was counted. */
  count(id: string): number | undefined {
    return this.#counts.get(id);
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('customers:changed', () => {
      this.#countSoon();
    });
    let midnight: ReturnType<typeof setTimeout>;
    const nextDay = (): void => {
      midnight = setTimeout(
        () => {
          this.#countSoon();
          nextDay();
        },
        untilTomorrow(Date.now()) + 2_000,
      );
    };
    nextDay();
    void this.#read();
    return () => {
      stop();
      clearTimeout(midnight);
      clearTimeout(this.#timer);
    };
  }

  open(id: string): void {
    const saved = this.#find(id);
    if (!saved) return;
    this.#opened = id;
    this.list.look(restored(saved.view));
  }

  openAll(): void {
    this.#opened = '';
    this.list.clearFilters();
  }

  /** Keeps what the list shows under a name. Rejects with an AppError beside the field name. */
  async save(name: string): Promise<void> {
    const id = newID();
    await this.#keep([...this.#views, { id, name, view: this.list.view }]);
    this.#opened = id;
  }

  async update(id: string): Promise<void> {
    await this.#change(id, { view: this.list.view });
    this.#opened = id;
  }

  /** Rejects as save does. */
  rename(id: string, name: string): Promise<void> {
    return this.#change(id, { name });
  }

  remove(id: string): Promise<void> {
    return this.#keep(this.#views.filter((saved) => saved.id !== id));
  }

  /** Up is by -1. */
  move(id: string, by: number): Promise<void> {
    const from = this.#views.findIndex((saved) => saved.id === id);
    const saved = this.#views[from];
    if (!saved) return Promise.resolve();
    const others = this.#views.filter((other) => other !== saved);
    const to = Math.min(Math.max(from + by, 0), others.length);
    return this.#keep([...others.slice(0, to), saved, ...others.slice(to)]);
  }

  #change(id: string, change: Partial<api.SavedView>): Promise<void> {
    return this.#keep(
      this.#views.map((saved) => (saved.id === id ? { ...saved, ...change } : saved)),
    );
  }

  async #keep(views: readonly api.SavedView[]): Promise<void> {
    await api.saveViews(views);
    this.#views = views.map((saved) => ({ ...saved, name: saved.name.trim() }));
    this.#countSoon();
  }

  #find(id: string): api.SavedView | undefined {
    return this.#views.find((saved) => saved.id === id);
  }

  async #read(): Promise<void> {
    try {
      const kept = await api.savedViews();
      this.#views = (kept ?? plainViews).map((saved) => ({ ...saved, view: restored(saved.view) }));
    } catch {
      return; // The list is a list without them.
    }
    this.#countSoon();
  }

  #countSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#count(), countAfter);
  }

  // One after the other: a key press in the search never waits for all of them.
  async #count(): Promise<void> {
    if (this.#counting) {
      this.#again = true;
      return;
    }
    this.#counting = true;
    for (const { id, view } of this.#views) {
      try {
        const page = await api.listCustomers({ ...queryOf(view, Date.now()), limit: 1 });
        this.#counts.set(id, page.total);
      } catch {
        this.#counts.delete(id); // its search can't be read
      }
    }
    this.#counting = false;
    if (!this.#again) return;
    this.#again = false;
    this.#countSoon();
  }
}

function newID(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}
