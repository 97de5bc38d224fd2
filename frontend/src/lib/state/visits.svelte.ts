import * as api from '$lib/api';

import { clock } from './clock.svelte';

const rereadEvery = 60_000; // milliseconds, while one is open

/** The open log-ins as a customer. */
class Visits {
  #list = $state.raw<readonly api.Visit[]>([]);
  #ending = $state.raw<ReadonlySet<string>>(new Set());

  /** Those that have time left, newest first. */
  get open(): readonly api.Visit[] {
    if (this.#list.length === 0) return this.#list;
    return this.#list.filter((visit) => visit.expires_at > clock.now);
  }

  isEnding(id: string): boolean {
    return this.#ending.has(id);
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const read = (): void => void this.#read();
    read();
    const stop = api.onEvent('visits:changed', read);
    const timer = setInterval(() => {
      if (this.#list.length > 0) read();
    }, rereadEvery);
    return () => {
      stop();
      clearInterval(timer);
      this.#list = [];
    };
  }

  /** Ends one. Rejects with an AppError when it is still open. */
  async end(id: string): Promise<void> {
    if (this.#ending.has(id)) return;
    this.#ending = new Set([...this.#ending, id]);
    try {
      await api.endVisit(id);
      this.#list = this.#list.filter((visit) => visit.id !== id);
    } finally {
      this.#ending = new Set([...this.#ending].filter((other) => other !== id));
    }
  }

  async #read(): Promise<void> {
    try {
      this.#list = await api.visits();
    } catch {
      // Out of reach: what was known stays, with its own end.
    }
  }
}

export const visits = new Visits();
