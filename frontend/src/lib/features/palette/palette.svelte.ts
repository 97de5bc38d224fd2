import { actions } from '$lib/actions';
import * as api from '$lib/api';
import { Latest } from '$lib/latest';
import { workspace } from '$lib/state/workspace.svelte';
import { paletteTexts as texts } from '$lib/texts/palette';

import { actionEntry, customerEntry, queryFor, type ActionEntry, type Entry } from './entries';
import { rank } from './rank';
import { recent } from './recent.svelte';

export interface Group {
  title: string;
  entries: readonly Entry[];
}

const actionsAtMost = 7; // when something was typed

/** What the palette finds, and which of it Enter is for. */
export class Palette {
  #text = $state('');
  #rows = $state.raw<readonly api.Row[]>([]);
  #failure = $state('');
  #chosen = $state(''); // the key of what was moved to; empty for the first
  #latest = new Latest();

  readonly groups: readonly Group[] = $derived.by(() => this.#grouped());
  readonly entries: readonly Entry[] = $derived(this.groups.flatMap(({ entries }) => entries));
  /** Of the entry that Enter is for; -1 for none. */
  readonly active: number = $derived.by(() => {
    if (this.entries.length === 0) return -1;
    return Math.max(
      0,
      this.entries.findIndex(({ key }) => key === this.#chosen),
    );
  });

  get text(): string {
    return this.#text;
  }

  /** Why customers can't be searched for with these words; empty when they can. */
  get failure(): string {
    return this.#failure;
  }

  get current(): Entry | undefined {
    return this.entries[this.active];
  }

  /** Looks for something. What was found before stays until there is something newer. */
  async search(text: string): Promise<void> {
    this.#text = text;
    this.#chosen = '';
    const newest = this.#latest.ask();
    if (text.trim() === '' || workspace.screen !== 'list') {
      this.#rows = [];
      this.#failure = '';
      return;
    }
    try {
      const page = await api.listCustomers(queryFor(text));
      if (!newest()) return;
      this.#rows = page.rows;
      this.#failure = '';
    } catch (reason) {
      if (!newest()) return;
      this.#rows = [];
      this.#failure = api.toAppError(reason).message;
    }
  }

  /** Moves by so many entries; past an end it goes on at the other. */
  move(by: number): void {
    const { length } = this.entries;
    if (length > 0) this.#chosen = this.entries[(this.active + by + length) % length]?.key ?? '';
  }

  choose(key: string): void {
    this.#chosen = key;
  }

  #grouped(): readonly Group[] {
    const typed = this.#text.trim();
    const all = actions.offered.filter(({ id }) => id !== 'palette').map(actionEntry);
    if (typed !== '') {
      return filled([
        { title: texts.actions, entries: ranked(typed, all).slice(0, actionsAtMost) },
        { title: texts.customers, entries: this.#rows.map(customerEntry) },
      ]);
    }
    const before = recent.of(workspace.key).flatMap((entry) => {
      if (entry.kind === 'customer') return entry;
      return all.find(({ key }) => key === entry.key) ?? [];
    });
    const rest = all.filter(({ key }) => !before.some((entry) => entry.key === key));
    return filled([
      { title: texts.recent, entries: before },
      { title: texts.actions, entries: rest },
    ]);
  }
}

const filled = (groups: readonly Group[]): readonly Group[] =>
  groups.filter(({ entries }) => entries.length > 0);

function ranked(typed: string, entries: readonly ActionEntry[]): Entry[] {
  return entries
    .map((entry) => ({ entry, score: rank(typed, entry.action.plainTitle, entry.action.words) }))
    .filter((found): found is typeof found & { score: number } => found.score !== null)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}
