import type { SyncState, Time } from '$lib/api';
import { formatRecent } from '$lib/format';
import { shell } from '$lib/texts/shell';

/** How this computer and the Back Office stand, in a few quiet words; empty when others tell all. */
export function standing(state: SyncState, signedOut: boolean, now: Time): string {
  if (signedOut) return withWaiting(shell.signedOut, state);
  if (state.phase === 'offline') {
    return withWaiting(shell.offline(formatRecent(state.offline_since, now)), state);
  }
  if (isFetching(state)) return withWaiting(shell.fetching(state.fetched, state.to_fetch), state);
  if (state.phase === 'waiting') return state.total > 0 ? shell.waiting(state.total) : shell.behind;
  if (state.total > 0) return shell.syncing;
  return allSaved(state) ? shell.saved : '';
}

/** The same in a sentence, with its reason; what waits is told after it. */
export function explained(state: SyncState, signedOut: boolean): string {
  if (signedOut) return shell.signedOutText;
  if (state.phase === 'offline') return state.message || shell.offlineText;
  const waits = state.total > 0 ? shell.waitingText : '';
  if (state.phase === 'waiting') return sentences(state.message, waits);
  if (isFetching(state)) return sentences(shell.fetchingText, waits);
  if (state.total > 0) return shell.syncingText;
  return allSaved(state) ? shell.savedText : '';
}

/** Whether the Back Office has every change of this computer: neither waits one, nor came one back. */
export function allSaved(state: SyncState): boolean {
  return state.total === 0 && state.needs_attention === 0;
}

/** Whether many customers are on their way to this computer. */
export function isFetching(state: SyncState): boolean {
  return state.phase === 'syncing' && state.fetched < state.to_fetch;
}

function withWaiting(words: string, state: SyncState): string {
  return state.total === 0 ? words : `${words} · ${shell.waiting(state.total)}`;
}

function sentences(...all: string[]): string {
  return all.filter(Boolean).join(' ');
}
