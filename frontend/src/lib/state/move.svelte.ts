import * as api from '$lib/api';

import { Told } from './told.svelte';
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
  #told = new Told(noMove, api.moveState);

  get state(): api.MoveState {
    return this.#told.now;
  }

  /** Whether the open workspace can't be changed: its customers move, or have moved. */
  get freezes(): boolean {
    return workspace.isLocal && (this.state.phase !== 'none' || this.hasMoved);
  }

  get hasMoved(): boolean {
    return this.state.phase === 'done' || (workspace.info?.moved_to ?? '') !== '';
  }

  /** Where it goes or went; empty for nowhere. */
  get address(): string {
    return this.state.address || (workspace.info?.moved_to ?? '');
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    return this.#told.follow('move:state');
  }

  start(request: api.MoveRequest): Promise<unknown> {
    return this.#told.after(api.startMove(request));
  }

  stop(): Promise<unknown> {
    return this.#told.after(api.stopMove());
  }

  /** Goes on where it stopped. */
  resume(password: string): Promise<unknown> {
    return this.#told.after(api.resumeMove(password));
  }

  /** Forgets it, so that customers can be changed here again. */
  giveUp(): Promise<unknown> {
    return this.#told.after(api.giveUpMove());
  }
}

export const move = new Move();
