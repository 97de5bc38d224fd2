import { tick } from 'svelte';

import { dialogs } from './dialogs.svelte';

/** The end of a dialog: it asks before what was typed is lost. */
export class Closing {
  #open = $state(true);
  #asking = $state(false);
  #then = (): void => undefined;

  constructor(
    /** Whether closing would lose something. */
    private readonly dirty: () => boolean = () => false,
    /** Takes it off the screen. A dialog above the one that is open has its own. */
    private readonly end: () => void = () => {
      dialogs.close();
    },
  ) {}

  get open(): boolean {
    return this.#open;
  }

  /** Whether the user is being asked. */
  get asking(): boolean {
    return this.#asking;
  }

  /** Then is done once it is closed. */
  ask(then: () => void = () => undefined): void {
    this.#then = then;
    if (this.dirty()) this.#asking = true;
    else void this.close();
  }

  stay(): void {
    this.#asking = false;
    this.#then = () => undefined;
  }

  /**
   * Closes once, in two steps, so that the focus goes back to where it was. A dialog
   * that was opened since stays.
   */
  async close(): Promise<void> {
    if (!this.#open) return;
    this.#asking = false;
    this.#open = false;
    await tick();
    this.end();
    this.#then();
  }
}
