import * as api from '$lib/api';
import { linkTexts } from '$lib/texts/link';

import { dialogs } from './dialogs.svelte';
import { toasts } from './toasts.svelte';

/** The customer that a partnerdesk: link from outside asks to open. */
class Links {
  #customer = $state('');

  /** Its id, until it is taken; empty for none. */
  get customer(): string {
    return this.#customer;
  }

  take(): string {
    const id = this.#customer;
    this.#customer = '';
    return id;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const read = (): void => void this.#read();
    read();
    return api.onEvent('link:opened', read);
  }

  async #read(): Promise<void> {
    try {
      const id = await api.openedLink();
      if (id === '') return;
      this.#customer = id;
      if (dialogs.current) toasts.show({ text: linkTexts.waits });
    } catch (reason) {
      toasts.showError(reason);
    }
  }
}

export const links = new Links();
