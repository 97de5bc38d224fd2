import * as api from '$lib/api';
import { Latest } from '$lib/latest';

import { jobs } from './jobs.svelte';

const nothing: api.History = { undo: null, redo: null, refused: null };

/** What can be taken back, and made again. */
class History {
  #now = $state.raw<api.History>(nothing);
  #latest = new Latest();

  get undo(): api.PastAction | null {
    return this.#now.undo;
  }

  get redo(): api.PastAction | null {
    return this.#now.redo;
  }

  /** Why neither can be done; empty when they can. */
  get refused(): string {
    return this.#now.refused?.message ?? '';
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('customers:changed', () => void this.#ask());
    void this.#ask();
    return () => {
      stop();
      this.#latest.drop();
      this.#now = nothing;
    };
  }

  takeBack(): Promise<api.Reversed> {
    return this.#run(api.undo());
  }

  makeAgain(): Promise<api.Reversed> {
    return this.#run(api.redo());
  }

  async #run(answer: Promise<api.Reversed>): Promise<api.Reversed> {
    try {
      return await jobs.during(answer);
    } finally {
      void this.#ask();
    }
  }

  async #ask(): Promise<void> {
    const isNewest = this.#latest.ask();
    try {
      const now = await api.history();
      if (isNewest()) this.#now = now;
    } catch {
      // The next change asks again.
    }
  }
}

export const history = new History();
