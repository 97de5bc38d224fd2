import * as api from '$lib/api';
import { Latest } from '$lib/latest';
import { importTexts as texts } from '$lib/texts/import';

import { dialogs } from './dialogs.svelte';
import { toasts } from './toasts.svelte';

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
  #state = $state.raw<api.ImportState>(none);
  #latest = new Latest();

  /** Null while no file is open. */
  get file(): api.ImportFile | null {
    return this.#file;
  }

  get state(): api.ImportState {
    return this.#state;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('tables:state', () => void this.#read());
    void this.#read();
    return () => {
      stop();
      this.#latest.drop();
      this.#file = null;
      this.#state = none;
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

  rehearse(plan: api.ImportPlan): Promise<void> {
    return this.#after(api.rehearse(plan));
  }

  run(mails: boolean): Promise<void> {
    return this.#after(api.runImport(mails));
  }

  cancel(): Promise<void> {
    return this.#after(api.cancelImport());
  }

  /** Forgets the file, unless it is being imported. */
  async close(): Promise<void> {
    if (this.#state.phase === 'running') return;
    this.#file = null;
    await this.#after(api.closeImport());
  }

  async #open(file: api.ImportFile): Promise<boolean> {
    if (file.path === '') return false;
    this.#file = file;
    await this.#read();
    return true;
  }

  // What an answer says may be over already when it comes.
  async #after(answer: Promise<unknown>): Promise<void> {
    try {
      await answer;
    } finally {
      await this.#read();
    }
  }

  async #read(): Promise<void> {
    const newest = this.#latest.ask();
    try {
      const state = await api.importState();
      if (newest()) this.#take(state);
    } catch {
      // The next change asks again.
    }
  }

  #take(state: api.ImportState): void {
    const ended = this.#state.phase === 'running' && state.phase !== 'running';
    this.#state = state;
    if (!ended || dialogs.current?.kind === 'import') return;
    toasts.show({ text: texts.ended(state), tone: state.problem ? 'danger' : 'success' });
  }
}

export const imports = new Import();
