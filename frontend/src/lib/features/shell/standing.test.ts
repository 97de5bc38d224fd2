import { expect, test } from 'vitest';

import type { SyncState } from '$lib/api';
import { formatTime } from '$lib/format';

import { shell } from '$lib/texts/shell';

import { explained, standing } from './standing';

const now = new Date('2026-03-12T15:00').getTime();
const at = new Date('2026-03-12T14:02').getTime();
const state = (more: Partial<SyncState>): SyncState => ({
  phase: 'saved',
  total: 0,
  creates: 0,
  edits: 0,
  activation_mails: 0,
  locks: 0,
  needs_attention: 0,
  offline_since: 0,
  message: '',
  fetched: 0,
  to_fetch: 0,
  ...more,
});
const full = 'The disk of this computer is full.';
const fetching = { fetched: 12_000, to_fetch: 100_000 };

test.each<[string, Partial<SyncState>]>([
  ['All changes saved', {}],
  ['All changes saved', { phase: 'syncing' }],
  ['Saving changes…', { phase: 'syncing', total: 2 }],
  ['3 changes waiting', { phase: 'waiting', total: 3 }],
  ['1 change waiting', { phase: 'waiting', total: 1 }],
  ['Not up to date', { phase: 'waiting', message: full }],
  ['Not up to date', { phase: 'waiting', message: full, ...fetching }],
  ['2 changes waiting', { phase: 'waiting', message: full, total: 2, ...fetching }],
  [`Offline since ${formatTime(at)}`, { phase: 'offline', offline_since: at }],
  [
    `Offline since ${formatTime(at)} · 2 changes waiting`,
    { phase: 'offline', offline_since: at, total: 2 },
  ],
  [`Offline since ${formatTime(at)}`, { phase: 'offline', offline_since: at, ...fetching }],
  [
    `Fetching customers… ${(12_000).toLocaleString()} of ${(100_000).toLocaleString()}`,
    { phase: 'syncing', ...fetching },
  ],
  [
    `Fetching customers… ${(12_000).toLocaleString()} of ${(100_000).toLocaleString()} · 2 changes waiting`,
    { phase: 'syncing', total: 2, ...fetching },
  ],
  ['', { needs_attention: 1 }],
  ['', { phase: 'syncing', needs_attention: 1 }],
  ['All changes saved', { phase: 'saved', fetched: 5, to_fetch: 5 }],
  ['Signed out', { phase: 'signed_out' }],
  ['Signed out · 3 changes waiting', { phase: 'signed_out', total: 3 }],
])('%s', (words, more) => {
  expect(standing(state(more), more.phase === 'signed_out', now)).toBe(words);
});

test.each<[string, Partial<SyncState>]>([
  [shell.savedText, {}],
  ['', { needs_attention: 1 }],
  [full, { phase: 'waiting', message: full }],
  [full, { phase: 'waiting', message: full, ...fetching }],
  [`${full} ${shell.waitingText}`, { phase: 'waiting', message: full, total: 2 }],
  [shell.fetchingText, { phase: 'syncing', ...fetching }],
  [`${shell.fetchingText} ${shell.waitingText}`, { phase: 'syncing', total: 1, ...fetching }],
  [shell.syncingText, { phase: 'syncing', total: 1 }],
  [shell.offlineText, { phase: 'offline' }],
  [shell.signedOutText, { phase: 'signed_out', message: 'Wrong password.' }],
])('explained: %s', (words, more) => {
  expect(explained(state(more), more.phase === 'signed_out')).toBe(words);
});
