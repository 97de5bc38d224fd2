import * as api from '$lib/api';
import { Latest } from '$lib/latest';

const restsAfter = 120; // milliseconds on one row

/** The customer of the row that is looked at, read when the row is at rest. */
export class Glance {
  #record = $state.raw<api.CustomerRecord | null>(null);
  #failure = $state('');
  #id = '';
  #latest = new Latest();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Null while it is not read: never another customer than that of the row. */
  get record(): api.CustomerRecord | null {
    return this.#record;
  }

  get failure(): string {
    return this.#failure;
  }

  /** Another row is looked at; empty for none. The same one again is read at once. */
  look(id: string): void {
    clearTimeout(this.#timer);
    const same = id === this.#id;
    this.#id = id;
    if (same) {
      void this.read();
      return;
    }
    this.#latest.drop();
    this.#record = null;
    this.#failure = '';
    if (id !== '') this.#timer = setTimeout(() => void this.read(), restsAfter);
  }

  async read(): Promise<void> {
    if (this.#id === '') return;
    const isNewest = this.#latest.ask();
    try {
      const record = await api.customer(this.#id);
      if (!isNewest()) return;
      this.#record = record;
      this.#failure = '';
    } catch (reason) {
      if (isNewest()) this.#failure = api.toAppError(reason).message;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#latest.drop();
  }
}
