import * as api from '$lib/api';

import { jobs } from './jobs.svelte';
import { Told } from './told.svelte';

const nothing: api.History = { undo: null, redo: null, refused: null };

/** What can be taken back, and made again. */
class History {
  #told = new Told(nothing, api.history);
  // Presses in quick succession are done one after the other.
  #queue: Promise<unknown> = Promise.resolve();
  #queued = $state(0);

  /** Whether something is being taken back or made again. */
  get busy(): boolean {
    return this.#queued > 0;
  }

  get undo(): api.PastAction | null {
    return this.#told.now.undo;
  }

  get redo(): api.PastAction | null {
    return this.#told.now.redo;
  }

  /** Why neither can be done; empty when they can. */
  get refused(): string {
    return this.#told.now.refused?.message ?? '';
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    return this.#told.follow('customers:changed');
  }

  /** Waits for an edit, and until it is known here that it can be taken back. */
  after<T>(edit: Promise<T>): Promise<T> {
    return this.#told.after(edit);
  }

  /** The same for what may take a while. */
  during<T>(answer: Promise<T>): Promise<T> {
    return this.after(jobs.during(answer));
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
    const answer = this.#queue.then(() => this.during(call()));
    this.#queue = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.#queued--;
    }
  }
}

export const history = new History();
