import { formatNumber } from '$lib/format';

const some = (n: number, one: string, many: string): string =>
  n === 1 ? `1 ${one}` : `${formatNumber(n)} ${many}`;

/** What stands around the list: workspace, sync, open visits. */
export const shell = {
  sample: 'Sample',
  workspace: 'Workspace:',
  settings: 'Settings',
  person: (name: string, role: string) => `${name} · ${role}`,
  others: 'Other workspaces',
  opening: 'Opening…',
  signOut: 'Sign out',
  signOutTitle: (office: string) => `Sign out of ${office}?`,
  signOutText: (unsent: number) => {
    const password = 'Your password will be asked when you open it again.';
    if (unsent === 0) return password;
    const kept = some(unsent, 'unsent change is kept', 'unsent changes are kept');
    return `${kept} on this computer until you sign in again. ${password}`;
  },
  leaveSample: 'Leave sample workspace',
  leaving: 'Leaving…',

  saved: 'All changes saved',
  syncing: 'Saving changes…',
  waiting: (n: number) => `${some(n, 'change', 'changes')} waiting`,
  offline: (since: string) => (since === '' ? 'Offline' : `Offline since ${since}`),
  signedOut: 'Signed out',
  signedOutOf: (office: string) => `You are signed out of ${office}. Changes are kept here.`,
  signIn: 'Sign in',
  attention: (n: number) => (n === 1 ? '1 needs attention' : `${formatNumber(n)} need attention`),
  syncTitle: 'Changes and the Back Office',
  savedText: 'Everything on this computer is also in the Back Office.',
  waitingText: 'These go to the Back Office as soon as it can be reached:',
  syncingText: 'These are on their way to the Back Office:',
  offlineText: 'The Back Office can’t be reached. You can go on: changes are kept here.',
  signedOutText: 'Changes are kept here and go to the Back Office once you are signed in.',
  attentionText: 'Open the customers with a warning mark to settle these changes.',
  creates: (n: number) => some(n, 'new customer', 'new customers'),
  edits: (n: number) => some(n, 'edit', 'edits'),
  activationMails: (n: number) => some(n, 'activation mail', 'activation mails'),
  locks: (n: number) => some(n, 'lock', 'locks'),
  tryNow: 'Try now',

  openVisits: (n: number) => some(n, 'open log-in', 'open log-ins'),
  visitsTitle: 'Open log-ins',
  noReason: 'No reason given',
  visitOf: (member: string, left: string) => (member ? `${member} · ${left} left` : `${left} left`),
  endSession: 'End session',
  endSessionOf: (customer: string) => `End session of ${customer}`,
  ended: (customer: string) => `Ended the session of ${customer}`,
} as const;
