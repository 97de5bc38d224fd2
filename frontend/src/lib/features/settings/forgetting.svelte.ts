import * as api from '$lib/api';
import { workspace } from '$lib/state/workspace.svelte';

/**
 * The removal of a shared Back Office from this computer: asked once, and once
 * more when changes that it does not have would be lost.
 */
export class Forgetting {
  #target = $state.raw<api.KnownWorkspace | null>(null);
  #lost = $state('');
  #busy = $state(false);

  /** Which one the user is asked about; null for none. */
  get target(): api.KnownWorkspace | null {
    return this.#target;
  }

  /** What would be lost, as Go told it; empty until it did. */
  get lost(): string {
    return this.#lost;
  }

  get busy(): boolean {
    return this.#busy;
  }

  ask(target: api.KnownWorkspace): void {
    this.#target = target;
    this.#lost = '';
  }

  keep(): void {
    this.#target = null;
  }

  /** Removes it, losing only what was told. Whether it is gone; rejects when it can't. */
  async remove(): Promise<boolean> {
    if (!this.#target || this.#busy) return false;
    this.#busy = true;
    try {
      await workspace.forget(this.#target.id, this.#lost !== '');
    } catch (reason) {
      const error = api.toAppError(reason);
      if (error.code === 'conflict' && this.#lost === '') {
        this.#lost = error.message;
        return false;
      }
      this.#target = null;
      throw error;
    } finally {
      this.#busy = false;
    }
    this.#target = null;
    return true;
  }
}
