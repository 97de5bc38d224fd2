import { titleOf } from '$lib/actions/titles';
import { formatMonth, formatNumber } from '$lib/format';

import { some } from './some';

const customers = (n: number): string => some(n, 'customer', 'customers');

/** Words of the overview. */
export const overviewTexts = {
  title: titleOf('overview'),
  customers: 'Customers',
  failedTitle: 'The overview can’t be shown',
  emptyTitle: 'Nothing to show yet',
  emptyText: 'Once there are customers, their figures are here.',

  byStatus: 'By status',
  byStatusChart: 'Customers by status. The same figures stand beside it.',
  all: 'All customers',
  showStatus: (n: number, status: string) => `${customers(n)} ${status}: show in the list`,
  showAll: (n: number) => `${customers(n)}: show in the list`,

  byMonth: 'By month',
  byMonthLine: 'The last 24 months',
  byMonthChart:
    'Customers created and activated in each of the last 24 months. The same figures are in the table below.',
  created: 'Created',
  activated: 'Activated',
  month: 'Month',
  asTable: 'Figures as a table',
  earlier: 'Earlier',
  showCreated: (n: number, month: string) =>
    `${customers(n)} created ${month === '' ? 'earlier' : `in ${formatMonth(month)}`}: show in the list`,
  showActivated: (n: number, month: string) =>
    `${customers(n)} activated ${month === '' ? 'earlier' : `in ${formatMonth(month)}`}: show in the list`,

  pending: 'Pending for more than a week',
  pendingNone: 'Nobody waits for more than a week.',
  showPending: (n: number) => `${customers(n)} pending for more than a week: show in the list`,
  pendingCount: (n: number) =>
    n === 1 ? '1 customer has not activated' : `${formatNumber(n)} customers have not activated`,
  since: (when: string) => `since ${when}`,
  resend: 'Resend mail',
  resendTo: (username: string) => `Resend mail to ${username}`,
  resendAll: 'Resend to all…',
  resent: (username: string) => `A new mail to ${username} is queued; earlier links stop working`,
  more: (n: number) => `and ${formatNumber(n)} more`,

  visits: 'Recent visits',
  visitsNone: 'Nobody has logged in as a customer yet.',
  visitsAway: 'Visits are told by the Back Office.',
  openVisit: (name: string) => `Open the history of ${name}`,
} as const;
