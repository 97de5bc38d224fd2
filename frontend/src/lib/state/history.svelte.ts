import * as api from '$lib/api';
import { Latest } from '$lib/latest';

import { jobs } from './jobs.svelte';

const nothing: api.History = { undo: null, redo: null, refused: null };

/** What can be taken back, and made again. */
class History {
  #now = $state.raw<api.History>(nothing);
  #latest = new Latest();
  // Presses in quick succession are done one after the other.
  #queue: Promise<unknown> = Promise.resolve();
  #queued = $state(0);

  /** Whether something is being taken back or made again. */
  get busy(): boolean {
    return this.#queued > 0;
  }

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

  /** Of what was done last; with an action's id only if it is that. */
  takeBack(action = ''): Promise<api.Reversed> {
    return this.#run(() => api.undo(action));
  }

  makeAgain(action = ''): Promise<api.Reversed> {
    return this.#run(() => api.redo(action));
  }

  async #run(call: () => Promise<api.Reversed>): Promise<api.Reversed> {
    this.#queued++;
    const answer = this.#queue.then(() => jobs.during(call()));
    this.#queue = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.#queued--;
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
