import type { RefusedMove } from '$lib/api';
import { formatNumber } from '$lib/format';

import { some } from './some';

const customers = (n: number): string => some(n, 'customer', 'customers');
const are = (n: number, one: string, many: string): string =>
  `${customers(n)} ${n === 1 ? one : many}`;

/** Words of moving this computer's customers to a shared Back Office. */
export const moveTexts = {
  title: 'Move to a shared Back Office',
  about: [
    'All customers move, with their status, password and history. They log in at the new address from then on.',
    'Links in mails sent from this computer stop leading anywhere.',
    'Once the move begins, customers can’t be changed on this computer.',
  ],
  who: 'Sign in as an owner of your agency at the shared Back Office.',
  /** How many are Pending Activate; undefined while that is not known. */
  mailPending: (pending?: number) => {
    const offer = 'Mail a new link to customers who are Pending Activate or have no password';
    return pending === undefined ? offer : `${offer} (${formatNumber(pending)} Pending Activate)`;
  },
  move: 'Move',

  running: (host: string) => `Your customers are moving to ${host}`,
  runningText:
    'You can close this dialog and look around. The move stops when another workspace is opened or Partner Desk is closed; you can resume it then.',
  progress: 'Customers moved',
  done: (done: number, total: number) => `${formatNumber(done)} of ${customers(total)}`,
  refusedSoFar: (n: number) => `${formatNumber(n)} refused`,
  triedAgain: 'This is tried again until it works.',
  stop: 'Stop',

  stopped: (host: string) => `The move to ${host} has stopped`,
  goOn: 'Enter the password to go on where it stopped.',
  resume: 'Resume',
  giveUp: 'Give up',
  giveUpTitle: 'Give the move up?',
  // Whoever moved with the last answer, if it never came, is not among those that are known.
  giveUpText: (moved: number, host: string) => {
    const known =
      moved === 0
        ? 'As far as is known, none has moved.'
        : `At least ${are(moved, 'has', 'have')} moved to ${host}.`;
    return `Customers can be changed on this computer again. ${known} One that moved stays there: what you change of it here does not reach it there.`;
  },

  moved: (n: number, host: string) => `${are(n, 'has', 'have')} moved to ${host}`,
  movedText: 'Work there from now on: nothing can be changed here any more.',
  refused: (n: number) => `${are(n, 'was', 'were')} refused`,
  refusedText: 'Still on this computer only.',
  refusedList: 'Customers who were refused',
  refusedRest: (shown: number, total: number) =>
    shown < total ? `The first ${formatNumber(shown)} of ${formatNumber(total)}.` : '',
  copyList: 'Copy list',
  listCopied: (n: number) => `${customers(n)} copied`,
  correct: 'Change customers here…',
  correctTitle: 'Change customers on this computer again?',
  correctText: (host: string) =>
    `Correct those who were refused, then move again: nobody moves twice. Leave the others as they are, since they are at ${host} now.`,
  correctConfirm: 'Change customers',
  pending: (n: number) => `${are(n, 'has', 'have')} no working link now`,
  pendingText:
    'Pending Activate or without a password, and what was mailed leads nowhere any more. Send new links from the shared Back Office.',
  open: 'Open the shared Back Office',

  bannerRunning: (host: string) =>
    `Your customers are moving to ${host}. Nothing can be changed here meanwhile.`,
  bannerStopped: (host: string) =>
    `The move to ${host} has stopped. Nothing can be changed here until it is resumed or given up.`,
  bannerMoved: (host: string, refused: number) => {
    const rest = refused === 0 ? '' : ` ${are(refused, 'was', 'were')} refused.`;
    return `Your customers have moved to ${host} and can’t be changed here any more.${rest}`;
  },
  frozen: (host: string) => `Your customers are moving to ${host}. Nothing can be changed here.`,
  frozenMoved: (host: string) =>
    `Your customers have moved to ${host} and can’t be changed here any more.`,
  noEntry: 'Your customers are moving, or have moved',
  show: 'Show',
  report: 'Report',
} as const;

/** The list as text: a line each, with tabs between. */
export function refusedAsText(refused: readonly RefusedMove[]): string {
  return refused
    .map(({ name, username, message }) => [name, username, message].join('\t'))
    .join('\n');
}
