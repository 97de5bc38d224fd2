import * as api from '$lib/api';
import { importTexts as texts } from '$lib/texts/import';

import { dialogs } from './dialogs.svelte';
import { toasts } from './toasts.svelte';
import { Told } from './told.svelte';

const none: api.ImportState = {
  phase: 'none',
  done: 0,
  total: 0,
  totals: { new: 0, changed: 0, unchanged: 0, duplicate: 0, error: 0 },
  mails: 0,
  added: 0,
  updated: 0,
  failures: 0,
};

/**
 * The import of a file, as Go tells it: a run goes on whether or not anything of it
 * is on screen. Every method that changes it rejects with an AppError.
 */
class Import {
  #file = $state.raw<api.ImportFile | null>(null);
  #told = new Told(none, api.importState, tellEnd);

  /** Null while no file is open. */
  get file(): api.ImportFile | null {
    return this.#file;
  }

  get state(): api.ImportState {
    return this.#told.now;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = this.#told.follow('tables:state');
    return () => {
      stop();
      this.#file = null;
    };
  }

  /** Asks for a file; whether one was chosen. */
  async choose(): Promise<boolean> {
    return this.#open(await api.chooseImport());
  }

  async openDropped(): Promise<boolean> {
    return this.#open(await api.openDropped());
  }

  /** Reads the file in another way. */
  async read(reading: api.Reading): Promise<void> {
    await this.#open(await api.readImport(reading));
  }

  rehearse(plan: api.ImportPlan): Promise<unknown> {
    return this.#told.after(api.rehearse(plan));
  }

  run(mails: boolean): Promise<unknown> {
    return this.#told.after(api.runImport(mails));
  }

  cancel(): Promise<unknown> {
    return this.#told.after(api.cancelImport());
  }

  /** Forgets the file, unless it is being imported. */
  async close(): Promise<void> {
    if (this.state.phase === 'running') return;
    this.#file = null;
    await this.#told.after(api.closeImport());
  }

  async #open(file: api.ImportFile): Promise<boolean> {
    if (file.path === '') return false;
    this.#file = file;
    await this.#told.read();
    return true;
  }
}

function tellEnd(now: api.ImportState, before: api.ImportState): void {
  const ended = before.phase === 'running' && now.phase !== 'running';
  if (!ended || dialogs.current?.kind === 'import') return;
  toasts.show({ text: texts.ended(now), tone: now.problem ? 'danger' : 'success' });
}

export const imports = new Import();
