import * as api from '$lib/api';

import { clock } from './clock.svelte';
import { sync } from './sync.svelte';
import { Told } from './told.svelte';
import { workspace } from './workspace.svelte';

const rereadEvery = 5_000; // milliseconds, while the window is seen

/** The open log-ins as a customer. */
class Visits {
  // Out of reach: what was known stays, with its own end.
  #told = new Told<readonly api.Visit[]>([], api.visits);
  #ending = $state.raw<ReadonlySet<string>>(new Set());

  /** Those that have time left, newest first. */
  get open(): readonly api.Visit[] {
    const all = this.#told.now;
    return all.length === 0 ? all : all.filter((visit) => visit.expires_at > clock.now);
  }

  /** Whether who is signed in may end it: support only its own. */
  mayEnd(visit: api.Visit): boolean {
    return !workspace.looksOnly || visit.member_id === workspace.info?.member_id;
  }

  isEnding(id: string): boolean {
    return this.#ending.has(id);
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const read = (): void => void this.#told.read();
    const stops = [this.#told.follow('visits:changed'), api.onEvent('customers:changed', read)];
    // They begin and end in the browser, which tells the Back Office only.
    const timer = setInterval(() => {
      if (!document.hidden && this.#reachable) read();
    }, rereadEvery);
    window.addEventListener('focus', read);
    return () => {
      for (const stop of stops) stop();
      clearInterval(timer);
      window.removeEventListener('focus', read);
    };
  }

  /** Ends one. Rejects with an AppError when it is still open. */
  async end(id: string): Promise<void> {
    if (this.#ending.has(id)) return;
    this.#ending = new Set([...this.#ending, id]);
    try {
      await api.endVisit(id);
      this.#told.take(this.#told.now.filter((visit) => visit.id !== id));
    } finally {
      this.#ending = new Set([...this.#ending].filter((other) => other !== id));
    }
  }

  get #reachable(): boolean {
    return sync.state.phase !== 'offline' && sync.state.phase !== 'signed_out';
  }
}

export const visits = new Visits();
