import * as api from '$lib/api';
import { aboutTexts } from '$lib/texts/about';

import { toasts } from './toasts.svelte';
import { Told } from './told.svelte';

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
  #told = new Told(unknown, api.updateState, tellNew());

  get state(): api.UpdateState {
    return this.#told.now;
  }

  /** A version that comes after this one; empty when none is known. */
  get newest(): string {
    return this.state.newest;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    return this.#told.follow('update:state');
  }

  /** What was saved. Rejects with an AppError and leaves everything as it was. */
  async save(settings: api.UpdateSettings): Promise<api.UpdateSettings> {
    return (await this.#told.after(api.saveUpdateSettings(settings))).settings;
  }

  async look(): Promise<void> {
    await this.#told.after(api.lookForUpdate());
  }
}

// Each version is told of once; the menu goes on saying it.
function tellNew(): (now: api.UpdateState) => void {
  let told = '';
  return ({ newest }) => {
    if (newest === '' || newest === told) return;
    told = newest;
    toasts.show({ text: aboutTexts.toast(newest) });
  };
}

export const update = new Update();
