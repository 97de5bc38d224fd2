import { MediaQuery } from 'svelte/reactivity';

import * as api from '$lib/api';

/** What stands beside the list, for as long as there is room. */
export class Layout {
  #kept = $state.raw<api.ListLayout>({ hide_views: false, show_pane: false });
  #drawer = $state(false); // the views lie over the list
  // Both sides and the columns of a new list need the wider one.
  #narrow = new MediaQuery('max-width: 1079px', false);
  #tight = new MediaQuery('max-width: 1419px', false);

  /** Whether the views have no room of their own, and so lie over the list. */
  get narrow(): boolean {
    return this.#narrow.current || (this.#tight.current && this.#kept.show_pane);
  }

  get showsViews(): boolean {
    return this.narrow ? this.#drawer : !this.#kept.hide_views;
  }

  get showsPane(): boolean {
    return this.#kept.show_pane;
  }

  toggleViews(): void {
    if (this.narrow) this.#drawer = !this.#drawer;
    else this.#keep({ hide_views: !this.#kept.hide_views });
  }

  /** The views go when they lie over the list. */
  closeDrawer(): void {
    this.#drawer = false;
  }

  togglePane(): void {
    this.#keep({ show_pane: !this.#kept.show_pane });
    this.#drawer = false;
  }

  async restore(): Promise<void> {
    try {
      this.#kept = await api.listLayout();
    } catch {
      // As at the first start.
    }
  }

  #keep(change: Partial<api.ListLayout>): void {
    this.#kept = { ...this.#kept, ...change };
    // Not worth a message: it is only for the next start.
    api.saveListLayout(this.#kept).catch(() => undefined);
  }
}
