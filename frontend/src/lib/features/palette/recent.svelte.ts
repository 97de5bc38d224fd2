import * as api from '$lib/api';

import { customerEntry, queryFor, type Entry } from './entries';

const atMost = 6;

/** What was chosen in the palette, newest first, for as long as the window is open. */
class Recent {
  #of = '';
  #entries = $state.raw<readonly Entry[]>([]);

  /** That of a workspace, by its key. */
  of(workspace: string): readonly Entry[] {
    return workspace === this.#of ? this.#entries : [];
  }

  add(workspace: string, entry: Entry): void {
    const others = this.of(workspace).filter(({ key }) => key !== entry.key);
    this.#of = workspace;
    this.#entries = [entry, ...others].slice(0, atMost);
  }

  /** Reads its customers again: they may have changed, or gone, since. */
  async refresh(): Promise<void> {
    const before = this.#entries;
    const now = await Promise.all(before.map(again));
    if (this.#entries !== before) return;
    this.#entries = now.filter((entry) => entry !== undefined);
  }
}

async function again(entry: Entry): Promise<Entry | undefined> {
  if (entry.kind === 'action') return entry;
  try {
    const { rows } = await api.listCustomers(queryFor(entry.row.username));
    const row = rows.find(({ id }) => id === entry.row.id);
    return row && customerEntry(row);
  } catch {
    return entry; // as it was is better than nothing
  }
}

export const recent = new Recent();
