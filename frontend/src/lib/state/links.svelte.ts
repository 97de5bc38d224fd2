import * as api from '$lib/api';
import { linkTexts } from '$lib/texts/link';

import { dialogs } from './dialogs.svelte';
import { toasts } from './toasts.svelte';

/** The customer that a partnerdesk: link from outside asks to open. */
class Links {
  #customer = $state('');

  /** Its id, until it is opened; empty for none. */
  get customer(): string {
    return this.#customer;
  }

  /** Shows it in its dialog, or says that this list has no such customer. */
  async open(): Promise<void> {
    const id = this.#customer;
    this.#customer = '';
    try {
      await api.customer(id);
      if (dialogs.current)
        this.#customer ||= id; // opened meanwhile
      else dialogs.openEdit(id);
    } catch (reason) {
      const error = api.toAppError(reason);
      const text = error.code === 'not_found' ? linkTexts.unknown : error.message;
      toasts.show({ text, tone: 'danger' });
    }
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
