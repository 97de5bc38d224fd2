import * as api from '$lib/api';
import { Latest } from '$lib/latest';

const none: api.Job = { id: '', title: '', done: 0, total: 0, running: false };
const askEvery = 250; // milliseconds, while one runs

/** What runs with many customers right now. */
class Jobs {
  #now = $state.raw<api.Job>(none);
  #latest = new Latest();
  #next: ReturnType<typeof setTimeout> | undefined;

  /** Null while none runs. What ends at once is never told of. */
  get running(): api.Job | null {
    return this.#now.running ? this.#now : null;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    void this.#ask();
    return () => {
      clearTimeout(this.#next);
      this.#latest.drop();
      this.#now = none;
    };
  }

  /** Waits for an answer that may take a while, and tells meanwhile how far it is. */
  async during<T>(answer: Promise<T>): Promise<T> {
    this.#askSoon();
    try {
      return await answer;
    } finally {
      void this.#ask();
    }
  }

  async cancel(): Promise<void> {
    await api.cancelJob(this.#now.id);
    await this.#ask();
  }

  #askSoon(): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => void this.#ask(), askEvery);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#next);
    const isNewest = this.#latest.ask();
    try {
      const now = await api.job();
      if (!isNewest()) return;
      this.#now = now;
    } catch {
      if (!isNewest()) return; // else it is asked again
    }
    if (this.#now.running) this.#askSoon();
  }
}

export const jobs = new Jobs();
