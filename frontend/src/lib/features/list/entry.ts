import type { Row } from '$lib/api';
import { move } from '$lib/state/move.svelte';
import { sync } from '$lib/state/sync.svelte';
import { list as texts } from '$lib/texts/list';
import { moveTexts } from '$lib/texts/move';

/** Why nobody can log in as this customer now; null when it is possible. */
export function entryRefusal(row: Row): string | null {
  if (row.status === 'locked') return texts.locked(row.lock_reason);
  if (move.freezes) return moveTexts.noEntry;
  if (sync.state.phase === 'signed_out') return texts.signedOut;
  if (sync.state.phase === 'offline') return texts.offline;
  return null;
}
