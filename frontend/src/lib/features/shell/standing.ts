import type { SyncState, Time } from '$lib/api';
import { formatRecent } from '$lib/format';
import { shell } from '$lib/texts/shell';

/** How this computer and the Back Office stand, in a few quiet words. */
export function standing(state: SyncState, signedOut: boolean, now: Time): string {
  if (signedOut) return withWaiting(shell.signedOut, state);
  if (state.phase === 'offline') {
    return withWaiting(shell.offline(formatRecent(state.offline_since, now)), state);
  }
  if (isFetching(state)) return shell.fetching(state.fetched, state.to_fetch);
  if (state.phase === 'waiting') return shell.waiting(state.total);
  return state.total > 0 ? shell.syncing : shell.saved;
}

function withWaiting(words: string, state: SyncState): string {
  return state.total === 0 ? words : `${words} · ${shell.waiting(state.total)}`;
}

/** Whether many customers are on their way to this computer. */
export function isFetching(state: SyncState): boolean {
  return state.to_fetch > 0 && state.fetched < state.to_fetch;
}
