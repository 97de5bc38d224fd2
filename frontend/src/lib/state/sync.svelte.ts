import * as api from '$lib/api';

const nothingWaits: api.SyncState = {
  phase: 'saved',
  total: 0,
  creates: 0,
  edits: 0,
  activation_mails: 0,
  locks: 0,
  needs_attention: 0,
  offline_since: 0,
  message: '',
};

/** How this computer and the Back Office stand. */
class Sync {
  #state = $state.raw<api.SyncState>(nothingWaits);

  get state(): api.SyncState {
    return this.#state;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    let told = false; // of something newer than the first answer
    const stop = api.onEvent('sync:state', (state) => {
      told = true;
      this.#state = state;
    });
    api.syncState().then(
      (state) => {
        if (!told) this.#state = state;
      },
      () => undefined, // the next event tells
    );
    return () => {
      stop();
      told = true;
      this.#state = nothingWaits;
    };
  }

  /** Tries to reach the Back Office at once. */
  async now(): Promise<void> {
    await api.syncNow();
  }
}

export const sync = new Sync();
