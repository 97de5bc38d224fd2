import * as api from '$lib/api';
import { Latest } from '$lib/latest';

/** What happened to a customer, newest first: the pages that were read so far. */
export class CustomerHistory {
  #events = $state.raw<readonly api.CustomerEvent[]>([]);
  #before = $state(0);
  #loading = $state(true);
  #loadingOlder = $state(false);
  #failure = $state('');
  #newest = new Latest();
  #older = new Latest();

  constructor(private readonly id: string) {}

  get events(): readonly api.CustomerEvent[] {
    return this.#events;
  }

  /** Whether nothing has come yet. */
  get loading(): boolean {
    return this.#loading;
  }

  get loadingOlder(): boolean {
    return this.#loadingOlder;
  }

  get failure(): string {
    return this.#failure;
  }

  get hasOlder(): boolean {
    return this.#before > 0;
  }

  /** Reads what is new, and keeps the older pages that were read before. */
  async load(): Promise<void> {
    const isNewest = this.#newest.ask();
    try {
      const page = await api.events(this.id, 0);
      if (isNewest()) this.#lay(page);
    } catch (reason) {
      if (isNewest()) this.#failure = api.toAppError(reason).message;
    } finally {
      this.#loading = false;
    }
  }

  async loadOlder(): Promise<void> {
    if (this.#loadingOlder) return;
    this.#loadingOlder = true;
    const isWanted = this.#older.ask();
    try {
      const page = await api.events(this.id, this.#before);
      if (!isWanted()) return;
      this.#events = [...this.#events, ...page.events];
      this.#before = page.before;
      this.#failure = '';
    } catch (reason) {
      this.#failure = api.toAppError(reason).message;
    } finally {
      this.#loadingOlder = false;
    }
  }

  // When more happened than one page holds, what was read before begins anew:
  // nothing may be missing in between.
  #lay(page: api.Events): void {
    this.#failure = '';
    const oldest = page.events.at(-1)?.id ?? 0;
    const meets = page.before === 0 || (this.#events[0]?.id ?? -1) >= oldest;
    if (meets && this.#events.length > 0) {
      this.#events = [...page.events, ...this.#events.filter(({ id }) => id < oldest)];
      return;
    }
    this.#older.drop();
    this.#events = page.events;
    this.#before = page.before;
  }
}
