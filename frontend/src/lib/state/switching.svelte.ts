import { toasts } from './toasts.svelte';

/** Going to another workspace, or leaving one: one at a time, and it can take a while. */
class Switching {
  #what = $state('');

  /** What is being waited for, in words; empty for nothing. */
  get what(): string {
    return this.#what;
  }

  async run(what: string, work: () => Promise<void>): Promise<void> {
    if (this.#what !== '') return;
    this.#what = what;
    try {
      await work();
    } catch (reason) {
      toasts.showError(reason);
    } finally {
      this.#what = '';
    }
  }
}

export const switching = new Switching();
