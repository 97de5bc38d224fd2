import * as api from '$lib/api';
import { Latest } from '$lib/latest';

import { workspace } from './workspace.svelte';

const noMove: api.MoveState = {
  phase: 'none',
  address: '',
  username: '',
  total: 0,
  moved: 0,
  refused: [],
  refused_total: 0,
  pending: 0,
};

/**
 * The move of this computer's customers to a shared Back Office, as Go tells it:
 * it goes on whether or not anything of it is on screen. Every method that
 * changes it rejects with an AppError.
 */
class Move {
  #state = $state.raw<api.MoveState>(noMove);
  #latest = new Latest();

  get state(): api.MoveState {
    return this.#state;
  }

  /** Whether the open workspace can't be changed: its customers move, or have moved. */
  get freezes(): boolean {
    return workspace.isLocal && (this.#state.phase !== 'none' || this.hasMoved);
  }

  get hasMoved(): boolean {
    return this.#state.phase === 'done' || (workspace.info?.moved_to ?? '') !== '';
  }

  /** Where it goes or went; empty for nowhere. */
  get address(): string {
    return this.#state.address || (workspace.info?.moved_to ?? '');
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('move:state', () => void this.#read());
    void this.#read();
    return () => {
      stop();
      this.#latest.drop();
      this.#state = noMove;
    };
  }

  start(request: api.MoveRequest): Promise<void> {
    return this.#after(api.startMove(request));
  }

  stop(): Promise<void> {
    return this.#after(api.stopMove());
  }

  /** Goes on where it stopped. */
  resume(password: string): Promise<void> {
    return this.#after(api.resumeMove(password));
  }

  /** Forgets it, so that customers can be changed here again. */
  giveUp(): Promise<void> {
    return this.#after(api.giveUpMove());
  }

  // What an answer says may be over already when it comes.
  async #after(answer: Promise<api.MoveState>): Promise<void> {
    try {
      await answer;
    } finally {
      await this.#read();
    }
  }

  async #read(): Promise<void> {
    const newest = this.#latest.ask();
    try {
      const state = await api.moveState();
      if (newest()) this.#state = state;
    } catch {
      // The next change asks again.
    }
  }
}

export const move = new Move();
