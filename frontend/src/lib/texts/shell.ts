import { titleOf } from '$lib/actions/titles';
import { formatNumber } from '$lib/format';

import { some } from './some';

/** What stands around the list: workspace, sync, open visits. */
export const shell = {
  sample: 'Sample',
  workspace: 'Workspace:',
  settings: titleOf('settings'),
  person: (name: string, role: string) => `${name} · ${role}`,
  others: 'Other workspaces',
  opening: 'Opening…',
  switchTo: (partner: string) => `Open ${partner}`,
  switchWords: 'switch other workspace change',
  signOut: titleOf('sign_out'),
  signOutTitle: (office: string) => `Sign out of ${office}?`,
  signOutText: (unsent: number) => {
    const password = 'Your password will be asked when you open it again.';
    if (unsent === 0) return password;
    const kept = some(unsent, 'unsent change is kept', 'unsent changes are kept');
    return `${kept} on this computer until you sign in again. ${password}`;
  },
  leaving: 'Leaving…',

  saved: 'All changes saved',
  syncing: 'Saving changes…',
  /** This computer can’t take what comes from the Back Office. */
  behind: 'Not up to date',
  waiting: (n: number) => `${some(n, 'change', 'changes')} waiting`,
  offline: (since: string) => (since === '' ? 'Offline' : `Offline since ${since}`),
  signedOut: 'Signed out',
  signedOutOf: (office: string) => `You are signed out of ${office}. Changes are kept here.`,
  signIn: 'Sign in',
  attention: (n: number) => (n === 1 ? '1 needs attention' : `${formatNumber(n)} need attention`),
  syncTitle: 'Changes and the Back Office',
  savedText: 'Everything on this computer is also in the Back Office.',
  waitingText: 'These changes go to the Back Office as soon as it can take them:',
  syncingText: 'These changes are on their way to the Back Office:',
  offlineText: 'The Back Office can’t be reached. You can go on: changes are kept here.',
  signedOutText: 'Changes are kept here and go to the Back Office once you are signed in.',
  fetching: (fetched: number, all: number) =>
    `Fetching customers… ${formatNumber(fetched)} of ${formatNumber(all)}`,
  fetchingBar: 'Customers fetched',
  fetchingText: 'You can work with those that are here already.',
  showChanges: 'Show changes',
  showAttention: titleOf('show_attention'),
  tryNow: 'Try now',
  nothingWaits: 'No changes are waiting',
  noAttention: 'Nothing needs attention',
  notHere: (title: string) => `“${title.replace('…', '')}” can’t be used here`,
  signInFirst: 'Sign in first',

  openVisits: (n: number) => some(n, 'open log-in', 'open log-ins'),
  visitsTitle: 'Open log-ins',
  noReason: 'No reason given',
  visitOf: (member: string, left: string) => (member ? `${member} · ${left} left` : `${left} left`),
  endSession: 'End session',
  endSessionOf: (customer: string) => `End session of ${customer}`,
  ended: (customer: string) => `Ended the session of ${customer}`,
} as const;
