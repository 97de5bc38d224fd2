import * as api from '$lib/api';
import { toasts } from '$lib/state/toasts.svelte';
import { changesTexts as texts } from '$lib/texts/changes';

import type { ChangeList } from './change-list.svelte';

/** The end of a change that the user does not want any more. */
export class Dropping {
  #busy = $state(false);

  constructor(private readonly list: ChangeList) {}

  get busy(): boolean {
    return this.#busy;
  }

  /** Whether it is gone. */
  async drop(change: api.WaitingChange): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      await api.discardChange(change.customer_id);
      toasts.show({ text: texts.dropped(change.name) });
      await this.list.read();
      return true;
    } catch (reason) {
      toasts.showError(reason);
      return false;
    } finally {
      this.#busy = false;
    }
  }
}
