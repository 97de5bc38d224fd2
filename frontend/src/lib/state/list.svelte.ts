import { createSubscriber } from 'svelte/reactivity';

import * as api from '$lib/api';

import { rangeProblem, untilTomorrow, type RangeProblem } from './created';
import { PageCache, pageSize } from './pages';
import { CustomerSelection } from './selection.svelte';
import { isFiltered, plainView, queryOf, restored, sameFilters, sortedBy } from './view';

const saveAfter = 400; // milliseconds without a further change

/** The list of customers: how it is looked at and the rows that were read. */
export class CustomerList {
  readonly selection = new CustomerSelection(this);
  #query = $state.raw<api.Query | null>(null);
  #view = $state.raw<api.ListView>(plainView);
  #totals = $state.raw<Omit<api.Page, 'rows'> | null>(null);
  #failure = $state.raw<api.AppError | null>(null);
  #textProblem = $state('');
  #begun = $state(false);
  #opened = $state(0); // questions answered
  #refreshed = $state(0);
  #rowsChanged = (): void => undefined;
  // The rows come from outside Svelte: whoever reads one hears of new ones.
  #followRows = createSubscriber((update) => {
    this.#rowsChanged = update;
  });
  #cache = new PageCache(
    api.listCustomers,
    (page) => {
      this.#totals = { total: page.total, counts: page.counts, everything: page.everything };
      this.#failure = null;
      this.#rowsChanged();
    },
    (reason) => {
      const failure = api.toAppError(reason);
      if (failure.field === 'text') this.#textProblem = failure.message;
      else this.#failure = failure;
    },
  );
  #onScreen = { first: 0, last: 0 };
  #opening: Promise<void> = Promise.resolve();
  #refreshing = false;
  #again = false;
  #saving: ReturnType<typeof setTimeout> | undefined;

  /** Whether the last view is known, and its first page asked for. */
  get begun(): boolean {
    return this.#begun;
  }

  get view(): api.ListView {
    return this.#view;
  }

  /** Null until the first page came. */
  get totals(): Omit<api.Page, 'rows'> | null {
    return this.#totals;
  }

  /** How many customers match; none until the first page came. */
  get total(): number {
    return this.#totals?.total ?? 0;
  }

  /** The question that the rows answer; null until the first page came. */
  get query(): api.Query | null {
    return this.#query;
  }

  get failure(): api.AppError | null {
    return this.#failure;
  }

  /** Why the search can't be read; the rows stay those of before. Empty when it can. */
  get textProblem(): string {
    return this.#textProblem;
  }

  get columns(): readonly api.Column[] {
    return this.#view.columns;
  }

  get filtered(): boolean {
    return isFiltered(this.#view);
  }

  get rangeProblem(): RangeProblem | null {
    return rangeProblem(this.#view);
  }

  /** Grows when another question was answered: the list begins at its top again. */
  get opened(): number {
    return this.#opened;
  }

  /** Grows when the same rows were read again: what was looked at may have moved. */
  get refreshed(): number {
    return this.#refreshed;
  }

  row(index: number): api.Row | undefined {
    this.#followRows();
    return this.#cache.row(index);
  }

  indexOf(id: string): number {
    return this.#cache.indexOf(id);
  }

  /** Says which rows are on screen, so that they are read. */
  show(first: number, last: number): void {
    this.#onScreen = { first, last };
    this.#cache.need(first, last);
  }

  /** Shows a whole view. */
  look(view: api.ListView): void {
    this.#set(view);
  }

  filter(change: Partial<api.ListView>): void {
    this.#set({ ...this.#view, ...change });
  }

  sortBy(sort: api.SortField): void {
    this.#set(sortedBy(this.#view, sort));
  }

  clearFilters(): void {
    const { sort, descending, columns } = this.#view;
    this.#set({ ...plainView, sort, descending, columns });
  }

  /** Shows other columns, in another order or of other widths. */
  arrange(columns: readonly api.Column[]): void {
    this.#keep({ ...this.#view, columns });
  }

  retry(): Promise<void> {
    return this.#open();
  }

  /** Restores the last view, then follows Go until the returned function is called. */
  follow(): () => void {
    let midnight: ReturnType<typeof setTimeout>;
    const nextDay = (): void => {
      midnight = setTimeout(
        () => {
          void this.#open();
          nextDay();
        },
        untilTomorrow(Date.now()) + 1_000,
      );
    };
    nextDay();
    const stop = api.onEvent('customers:changed', () => void this.#refresh());
    void this.#restore();
    return () => {
      stop();
      clearTimeout(midnight);
      this.#save();
    };
  }

  async #restore(): Promise<void> {
    try {
      const view = restored(await api.listView());
      if (this.#view === plainView) this.#view = view; // else the user was faster
    } catch {
      // A list that can't be as it was is still a list.
    }
    const opening = this.#open();
    this.#begun = true;
    await opening;
    // A search that was kept and can't be read: there are no rows of before.
    const [problem, view] = [this.#textProblem, this.#view];
    if (problem === '' || this.#totals) return;
    await this.#ask({ ...queryOf(view, Date.now()), text: '' });
    if (this.#view === view) this.#textProblem = problem;
  }

  #set(view: api.ListView): void {
    this.#keep(view);
    void this.#open();
  }

  #keep(view: api.ListView): void {
    this.#view = view;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => {
      this.#save();
    }, saveAfter);
  }

  #save(): void {
    if (this.#saving === undefined) return;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    // Not worth a message: the list is the same without it.
    api.saveListView(this.#view).catch(() => undefined);
  }

  #open(): Promise<void> {
    if (rangeProblem(this.#view)) return Promise.resolve();
    this.#opening = this.#ask(queryOf(this.#view, Date.now()));
    return this.#opening;
  }

  async #ask(query: api.Query): Promise<void> {
    if (!(await this.#cache.open(query))) return;
    this.#textProblem = '';
    if (this.#query && !sameFilters(this.#query, query)) this.selection.clear();
    this.#query = query;
    this.#opened++;
  }

  // Many changes come as one: the next refresh waits for the one under way.
  async #refresh(): Promise<void> {
    if (this.#refreshing) {
      this.#again = true;
      return;
    }
    this.#refreshing = true;
    await this.#opening; // its answer may be from before the change
    const { first, last } = this.#onScreen;
    // A page more on both sides: what was on screen may have moved there.
    if (await this.#cache.refresh(first - pageSize, last + pageSize)) this.#refreshed++;
    void this.selection.recount();
    this.#refreshing = false;
    if (this.#again) {
      this.#again = false;
      await this.#refresh();
    }
  }
}
