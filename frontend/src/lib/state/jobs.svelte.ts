import * as api from '$lib/api';

import { Told } from './told.svelte';

const none: api.Job = { id: '', title: '', done: 0, total: 0, running: false };
const askEvery = 250; // milliseconds, while one runs

/** What runs with many customers right now. */
class Jobs {
  #told = new Told(none, api.job);
  #next: ReturnType<typeof setTimeout> | undefined;

  /** Null while none runs. What ends at once is never told of. */
  get running(): api.Job | null {
    return this.#told.now.running ? this.#told.now : null;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    void this.#ask();
    return () => {
      clearTimeout(this.#next);
      this.#told.drop();
    };
  }

  /** Waits for an answer that may take a while, and tells meanwhile how far it is. After it, none runs. */
  async during<T>(answer: Promise<T>): Promise<T> {
    this.#askSoon();
    try {
      return await answer;
    } finally {
      await this.#ask();
    }
  }

  async cancel(): Promise<void> {
    await api.cancelJob(this.#told.now.id);
    await this.#ask();
  }

  #askSoon(): void {
    clearTimeout(this.#next);
    this.#next = setTimeout(() => void this.#ask(), askEvery);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#next);
    await this.#told.read();
    if (this.#told.now.running) this.#askSoon();
  }
}

export const jobs = new Jobs();
