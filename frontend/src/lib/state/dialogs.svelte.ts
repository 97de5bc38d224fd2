import type { BulkChange, BulkFailure, Connection, Row, Selection } from '$lib/api';

export type CustomerTab = 'details' | 'history' | 'mails';

export type ChangesTab = 'waiting' | 'attention';

/** What can be exported: what the list shows, and what is selected of it. */
export interface Exportable {
  list: Selection;
  listed: number;
  selection: Selection;
  selected: number;
}

type OpenDialog =
  | { kind: 'add' }
  | { kind: 'edit'; id: string; tab: CustomerTab }
  | { kind: 'log-in-as'; row: Row }
  | { kind: 'bulk'; of: Selection; change: BulkChange }
  | { kind: 'bulk-failures'; failed: readonly BulkFailure[]; count: number }
  | { kind: 'settings' }
  | { kind: 'changes'; tab: ChangesTab }
  | { kind: 'members' }
  | { kind: 'change-password' }
  | { kind: 'sign-in' }
  | { kind: 'move' }
  | { kind: 'import' }
  | { kind: 'export'; from: Exportable }
  | { kind: 'about' }
  | { kind: 'sign-out' }
  | { kind: 'palette' }
  | { kind: 'shortcuts' }
  | { kind: 'connect'; known: Partial<Connection> };

export type DialogKind = OpenDialog['kind'];

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

  /** Asks before many customers are changed. */
  openBulk(of: Selection, change: BulkChange): void {
    this.#current = { kind: 'bulk', of, change };
  }

  openBulkFailures(failed: readonly BulkFailure[], count: number): void {
    this.#current = { kind: 'bulk-failures', failed, count };
  }

  openSettings(): void {
    this.#current = { kind: 'settings' };
  }

  openChanges(tab: ChangesTab): void {
    this.#current = { kind: 'changes', tab };
  }

  openMembers(): void {
    this.#current = { kind: 'members' };
  }

  openChangePassword(): void {
    this.#current = { kind: 'change-password' };
  }

  openSignIn(): void {
    this.#current = { kind: 'sign-in' };
  }

  /** With what is known of the Back Office already. */
  openConnect(known: Partial<Connection> = {}): void {
    this.#current = { kind: 'connect', known };
  }

  openMove(): void {
    this.#current = { kind: 'move' };
  }

  openImport(): void {
    this.#current = { kind: 'import' };
  }

  openExport(from: Exportable): void {
    this.#current = { kind: 'export', from };
  }

  openAbout(): void {
    this.#current = { kind: 'about' };
  }

  openSignOut(): void {
    this.#current = { kind: 'sign-out' };
  }

  openPalette(): void {
    this.#current = { kind: 'palette' };
  }

  openShortcuts(): void {
    this.#current = { kind: 'shortcuts' };
  }

  close(): void {
    this.#current = null;
  }
}

export const dialogs = new Dialogs();
