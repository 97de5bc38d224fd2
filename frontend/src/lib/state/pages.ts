import type { Page, Query, Row } from '$lib/api';

export const pageSize = 32;
const keepAtMost = 60; // pages

/**
 * The pages of the list that were read. Answers to a question that is no longer
 * asked are dropped: every question belongs to a generation.
 */
export class PageCache {
  #pages = new Map<number, { rows: readonly Row[]; generation: number }>();
  #asked = new Map<number, number>(); // page -> the generation it was asked in
  #generation = 0;
  #query: Query | null = null;
  #answered: Query | null = null; // the rows that are there are of it
  #opening = false;

  constructor(
    private readonly fetch: (query: Query) => Promise<Page>,
    /** Called after each page that came in, with the newest totals. */
    private readonly onpage: (page: Page) => void,
    private readonly onfailure: (reason: unknown) => void,
  ) {}

  /** The row at this place; undefined while its page is not there. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.rows[index % pageSize];
  }

  /** Where a customer is now, among the pages as fresh as can be; -1 when not there. */
  indexOf(id: string): number {
    for (const [number, page] of this.#pages) {
      if (page.generation !== this.#generation) continue;
      const at = page.rows.findIndex((row) => row.id === id);
      if (at >= 0) return number * pageSize + at;
    }
    return -1;
  }

  /** Asks another question. What is there stays until the answer comes; false: it was overtaken, or failed. */
  async open(query: Query): Promise<boolean> {
    this.#query = query;
    this.#opening = true;
    const generation = this.#next();
    const page = await this.#read(0, generation);
    if (!page) {
      if (generation === this.#generation) this.#query = this.#answered;
      return false;
    }
    this.#opening = false;
    this.#answered = query;
    this.#pages.clear();
    this.#put(0, page, generation);
    this.onpage(page);
    return true;
  }

  /** Reads the rows from first to last again and swaps them in at once; false: it was overtaken. */
  async refresh(first: number, last: number): Promise<boolean> {
    if (this.#opening) return false;
    const generation = this.#next();
    const numbers = pagesBetween(first, last);
    const pages = await Promise.all(numbers.map((number) => this.#read(number, generation)));
    const there = pages.filter((page) => page !== undefined);
    if (there.length < pages.length) return false;
    there.forEach((page, i) => {
      this.#put(numbers[i] ?? 0, page, generation);
    });
    const newest = there.at(-1);
    if (newest) this.onpage(newest);
    return true;
  }

  /** Reads whatever is missing, or no longer fresh, between two rows. */
  need(first: number, last: number): void {
    if (this.#opening || !this.#query) return;
    const generation = this.#generation;
    for (const number of pagesBetween(first, last)) {
      const fresh = this.#pages.get(number)?.generation === generation;
      if (fresh || this.#asked.get(number) === generation) continue;
      void this.#read(number, generation).then((page) => {
        if (!page) return;
        this.#put(number, page, generation);
        this.#forgetFar(number);
        this.onpage(page);
      });
    }
  }

  #next(): number {
    this.#asked.clear();
    return ++this.#generation;
  }

  async #read(number: number, generation: number): Promise<Page | undefined> {
    if (!this.#query) return undefined;
    this.#asked.set(number, generation);
    try {
      const page = await this.fetch({
        ...this.#query,
        offset: number * pageSize,
        limit: pageSize,
      });
      return generation === this.#generation ? page : undefined;
    } catch (reason) {
      if (generation === this.#generation) {
        this.#asked.delete(number);
        this.#opening = false;
        this.onfailure(reason);
      }
      return undefined;
    }
  }

  #put(number: number, page: Page, generation: number): void {
    this.#pages.set(number, { rows: page.rows, generation });
  }

  #forgetFar(from: number): void {
    if (this.#pages.size <= keepAtMost) return;
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - from) - Math.abs(a - from));
    for (const number of far.slice(0, this.#pages.size - keepAtMost)) {
      this.#pages.delete(number);
      this.#asked.delete(number);
    }
  }
}

function pagesBetween(first: number, last: number): number[] {
  const from = Math.max(0, Math.floor(first / pageSize));
  const to = Math.max(from, Math.floor(last / pageSize));
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
