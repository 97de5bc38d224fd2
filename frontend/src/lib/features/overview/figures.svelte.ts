import * as api from '$lib/api';
import { Latest } from '$lib/latest';
import { plainView, queryOf } from '$lib/state/view';

import { pendingLong } from './links';

const pendingShown = 8;

/** What the overview shows, read again when customers change. */
export class Figures {
  #overview = $state.raw<api.CustomerOverview | null>(null);
  #pending = $state.raw<api.Page | null>(null);
  #failure = $state.raw<api.AppError | null>(null);
  #latest = new Latest();
  #reading = false;
  #again = false;

  /** Null until it came. */
  get overview(): api.CustomerOverview | null {
    return this.#overview;
  }

  /** The first of those that are pending for more than a week, the longest first. */
  get pending(): readonly api.Row[] {
    return this.#pending?.rows ?? [];
  }

  get pendingTotal(): number {
    return this.#pending?.total ?? 0;
  }

  /** Why there is nothing to show. */
  get failure(): api.AppError | null {
    return this.#overview ? null : this.#failure;
  }

  /** The question that pending answers. */
  pendingQuery(): api.Query {
    const now = Date.now();
    return { ...queryOf({ ...plainView, ...pendingLong(now), sort: 'created_at' }, now) };
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('customers:changed', () => void this.read());
    void this.read();
    return () => {
      stop();
      this.#latest.drop();
    };
  }

  // Many changes come as one: the next reading waits for the one under way.
  async read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    const newest = this.#latest.ask();
    try {
      const [overview, pending] = await Promise.all([
        api.customerOverview(),
        api.listCustomers({ ...this.pendingQuery(), limit: pendingShown }),
      ]);
      if (newest()) {
        this.#overview = overview;
        this.#pending = pending;
      }
    } catch (reason) {
      if (newest()) this.#failure = api.toAppError(reason);
    } finally {
      this.#reading = false;
    }
    if (this.#again) {
      this.#again = false;
      await this.read();
    }
  }
}
