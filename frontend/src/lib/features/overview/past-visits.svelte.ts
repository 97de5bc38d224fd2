import * as api from '$lib/api';
import { Latest } from '$lib/latest';

/** The latest log-ins as a customer, as far as the Back Office can be asked. */
export class PastVisits {
  #list = $state.raw<readonly api.PastVisit[] | null>(null);
  #failure = $state('');
  #open: string | undefined;
  #latest = new Latest();

  /** Null until they came. */
  get list(): readonly api.PastVisit[] | null {
    return this.#list;
  }

  /** Why they are not known, or not up to date; empty when they are. */
  get failure(): string {
    return this.#failure;
  }

  /** Reads them unless they are known, as they are while these visits are open. */
  while(open: readonly api.Visit[]): void {
    const ids = open.map(({ id }) => id).join(' ');
    if (ids === this.#open) return;
    this.#open = ids;
    void this.read();
  }

  async read(): Promise<void> {
    const newest = this.#latest.ask();
    try {
      const list = await api.recentVisits();
      if (!newest()) return;
      this.#list = list;
      this.#failure = '';
    } catch (reason) {
      if (newest()) this.#failure = api.toAppError(reason).message;
    }
  }

  /** Lets no answer through any more. */
  drop(): void {
    this.#latest.drop();
  }
}
