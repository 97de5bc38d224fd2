import * as api from '$lib/api';
import { Latest } from '$lib/latest';
import { aboutTexts } from '$lib/texts/about';

import { toasts } from './toasts.svelte';

const unknown: api.UpdateState = {
  possible: false,
  settings: { on: false, address: '' },
  newest: '',
  notes: '',
  checked_at: 0,
  problem: '',
};

/** What is known of newer versions. */
class Update {
  #state = $state.raw<api.UpdateState>(unknown);
  #told = '';
  #latest = new Latest();

  get state(): api.UpdateState {
    return this.#state;
  }

  /** A version that comes after this one; empty when none is known. */
  get newest(): string {
    return this.#state.newest;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('update:state', () => void this.#read());
    void this.#read();
    return () => {
      stop();
      this.#latest.drop();
    };
  }

  /** What was saved. Rejects with an AppError and leaves everything as it was. */
  async save(settings: api.UpdateSettings): Promise<api.UpdateSettings> {
    const saved = await api.saveUpdateSettings(settings);
    await this.#read();
    return saved.settings;
  }

  async look(): Promise<void> {
    await api.lookForUpdate();
    await this.#read();
  }

  async #read(): Promise<void> {
    const newest = this.#latest.ask();
    try {
      const state = await api.updateState();
      if (newest()) this.#take(state);
    } catch {
      // Nothing depends on it: what was known stays.
    }
  }

  // Each version is told of once; the menu goes on saying it.
  #take(state: api.UpdateState): void {
    this.#state = state;
    if (state.newest === '' || state.newest === this.#told) return;
    this.#told = state.newest;
    toasts.show({ text: aboutTexts.toast(state.newest) });
  }
}

export const update = new Update();
