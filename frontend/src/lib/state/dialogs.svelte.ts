import type { Row } from '$lib/api';

export type CustomerTab = 'details' | 'history' | 'mails';

type OpenDialog =
  | { kind: 'add' }
  | { kind: 'edit'; id: string; tab: CustomerTab }
  | { kind: 'log-in-as'; row: Row }
  | { kind: 'settings' };

/** Which dialog is open: one at most. */
class Dialogs {
  #current = $state.raw<OpenDialog | null>(null);

  get current(): OpenDialog | null {
    return this.#current;
  }

  openAdd(): void {
    this.#current = { kind: 'add' };
  }

  openEdit(id: string, tab: CustomerTab = 'details'): void {
    this.#current = { kind: 'edit', id, tab };
  }

  openLogInAs(row: Row): void {
    this.#current = { kind: 'log-in-as', row };
  }

  openSettings(): void {
    this.#current = { kind: 'settings' };
  }

  close(): void {
    this.#current = null;
  }
}

export const dialogs = new Dialogs();
