import * as api from '$lib/api';

import { clock } from './clock.svelte';
import { sync } from './sync.svelte';
import { workspace } from './workspace.svelte';

const rereadEvery = 5_000; // milliseconds, while the window is seen

/** The open log-ins as a customer. */
class Visits {
  #list = $state.raw<readonly api.Visit[]>([]);
  #ending = $state.raw<ReadonlySet<string>>(new Set());
  #asked = 0;
  #answered = 0; // the newest question whose answer counted

  /** Those that have time left, newest first. */
  get open(): readonly api.Visit[] {
    if (this.#list.length === 0) return this.#list;
    return this.#list.filter((visit) => visit.expires_at > clock.now);
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
    const read = (): void => void this.#read();
    read();
    const stops = [api.onEvent('visits:changed', read), api.onEvent('customers:changed', read)];
    // They begin and end in the browser, which tells the Back Office only.
    const timer = setInterval(() => {
      if (!document.hidden && this.#reachable) read();
    }, rereadEvery);
    window.addEventListener('focus', read);
    return () => {
      for (const stop of stops) stop();
      clearInterval(timer);
      window.removeEventListener('focus', read);
      this.#answered = this.#asked;
      this.#list = [];
    };
  }

  /** Ends one. Rejects with an AppError when it is still open. */
  async end(id: string): Promise<void> {
    if (this.#ending.has(id)) return;
    this.#ending = new Set([...this.#ending, id]);
    try {
      await api.endVisit(id);
      this.#answered = this.#asked;
      this.#list = this.#list.filter((visit) => visit.id !== id);
    } finally {
      this.#ending = new Set([...this.#ending].filter((other) => other !== id));
    }
  }

  get #reachable(): boolean {
    return sync.state.phase !== 'offline' && sync.state.phase !== 'signed_out';
  }

  // An answer older than one that came, or than the end of a visit, is dropped.
  async #read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const list = await api.visits();
      if (asked <= this.#answered) return;
      this.#answered = asked;
      this.#list = list;
    } catch {
      // Out of reach: what was known stays, with its own end.
    }
  }
}

export const visits = new Visits();
