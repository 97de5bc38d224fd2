import * as api from '$lib/api';

import { unique } from './unique';

/**
 * The changes that wait, or those that came back: the pages that were asked
 * for, read again whenever something happens.
 */
export class ChangeList {
  #changes = $state.raw<readonly api.WaitingChange[]>([]);
  #total = $state(0);
  #loading = $state(true);
  #failure = $state('');
  #wanted = 1; // changes to read at least
  #reached = 0; // how far the last reading went
  #reading: Promise<void> | null = null;
  #again = false;

  constructor(private readonly attention: boolean) {}

  get changes(): readonly api.WaitingChange[] {
    return this.#changes;
  }

  get total(): number {
    return this.#total;
  }

  /** Whether nothing has come yet. */
  get loading(): boolean {
    return this.#loading;
  }

  get failure(): string {
    return this.#failure;
  }

  get hasMore(): boolean {
    return this.#changes.length < this.#total;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const read = (): void => void this.read();
    read();
    const stops = [api.onEvent('customers:changed', read), api.onEvent('sync:state', read)];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Reads another page. */
  more(): Promise<void> {
    this.#wanted = this.#reached + 1;
    return this.read();
  }

  /** Reads all of it again. Many wishes come as one: the next waits for the one under way. */
  read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return this.#reading;
    }
    this.#reading = this.#try().then(() => {
      this.#reading = null;
      if (!this.#again) return undefined;
      this.#again = false;
      return this.read();
    });
    return this.#reading;
  }

  async #try(): Promise<void> {
    try {
      await this.#readPages();
      this.#failure = '';
    } catch (reason) {
      this.#failure = api.toAppError(reason).message;
    } finally {
      this.#loading = false;
    }
  }

  async #readPages(): Promise<void> {
    const found: api.WaitingChange[] = [];
    let total = 1;
    while (found.length < Math.min(total, this.#wanted)) {
      const page = await api.waitingChanges(this.attention, found.length);
      found.push(...page.changes);
      total = page.total;
      if (page.changes.length === 0) break;
    }
    this.#reached = found.length;
    this.#changes = unique(found);
    this.#total = found.length === 0 ? 0 : total;
  }
}
