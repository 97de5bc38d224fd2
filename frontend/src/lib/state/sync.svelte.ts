import * as api from '$lib/api';

import { Told } from './told.svelte';
import { workspace } from './workspace.svelte';

const retryEvery = 4_000; // milliseconds, at least

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
  fetched: 0,
  to_fetch: 0,
};

/** How this computer and the Back Office stand. */
class Sync {
  #told = new Told(nothingWaits, api.syncState);

  get state(): api.SyncState {
    return this.#told.now;
  }

  /** Whether the password is needed before anything can be sent or fetched. */
  get signedOut(): boolean {
    return this.state.phase === 'signed_out' || !workspace.signedIn;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    return this.#told.follow('sync:state');
  }

  /**
   * Tries to reach the Back Office when the network or the window is back, a few
   * seconds apart at least, until the returned function is called.
   */
  retryOnReturn(): () => void {
    let again: ReturnType<typeof setTimeout> | undefined;
    let triedAt = -Infinity;
    const retry = (): void => {
      if (again !== undefined) return;
      again = setTimeout(
        () => {
          again = undefined;
          triedAt = Date.now();
          api.syncNow().catch(() => undefined); // the corner tells how things stand
        },
        Math.max(0, triedAt + retryEvery - Date.now()),
      );
    };
    window.addEventListener('focus', retry);
    window.addEventListener('online', retry);
    return () => {
      clearTimeout(again);
      window.removeEventListener('focus', retry);
      window.removeEventListener('online', retry);
    };
  }

  /** Tries to reach the Back Office at once. */
  async now(): Promise<void> {
    await api.syncNow();
  }
}

export const sync = new Sync();
