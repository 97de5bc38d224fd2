import { move } from './move.svelte';
import { workspace } from './workspace.svelte';

/** What can be done in the open workspace: by whoever is signed in, and by where it stands. */
class Rights {
  /** Whether customers can be added and changed now; Go refuses otherwise. */
  get mayEdit(): boolean {
    return !workspace.looksOnly && !move.freezes;
  }
}

export const rights = new Rights();
