import { move } from '$lib/state/move.svelte';
import { workspace } from '$lib/state/workspace.svelte';
import { customerTexts } from '$lib/texts/customer';
import { moveTexts } from '$lib/texts/move';

import { hostOf } from './place';

/** Why no customer can be added or changed now; empty when rights.mayEdit. */
export function editRefusal(): string {
  if (workspace.looksOnly) return customerTexts.lookOnly;
  if (!move.freezes) return '';
  const host = hostOf(move.address);
  return move.hasMoved ? moveTexts.frozenMoved(host) : moveTexts.frozen(host);
}
