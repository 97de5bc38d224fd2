import type { BulkChange, BulkFigures, BulkResult, Status } from '$lib/api';
import { formatNumber } from '$lib/format';

import { statusTitles } from './common';
import { leftWords } from './left';
import { mailsOut } from './mails-out';
import { some } from './some';

const customers = (n: number): string => some(n, 'customer', 'customers');
const quoted = (tags: readonly string[]): string => tags.map((tag) => `“${tag}”`).join(', ');

function verb(change: BulkChange, whom: string): string {
  switch (change.kind) {
    case 'add_tags':
      return change.tags.length > 0 ? `Add ${quoted(change.tags)} to ${whom}` : `Tag ${whom}`;
    case 'remove_tags':
      return change.tags.length > 0
        ? `Remove ${quoted(change.tags)} from ${whom}`
        : `Untag ${whom}`;
    case 'resend':
      return `Mail ${whom}`;
    case 'status':
      if (change.status === 'locked') return `Lock ${whom}`;
      if (change.status === 'activated') return `Activate ${whom}`;
      return `Set ${whom} to ${statusTitles.pending_activate}`;
  }
}

/** What becomes of n customers, as in "400 will be locked". */
function fate(change: BulkChange, n: number): string {
  const count = formatNumber(n);
  switch (change.kind) {
    case 'add_tags':
    case 'remove_tags':
      return `${count} will be changed`;
    case 'resend':
      return `${count} will be mailed a link`;
    case 'status':
      if (change.status === 'locked') return `${count} will be locked`;
      if (change.status === 'activated') return `${count} will be activated`;
      return `${count} will be ${statusTitles.pending_activate}`;
  }
}

/** As in "12 are locked already". */
function already(change: BulkChange, n: number): string {
  const count = formatNumber(n);
  const are = n === 1 ? 'is' : 'are';
  switch (change.kind) {
    case 'add_tags':
      return `${count} ${n === 1 ? 'has' : 'have'} ${change.tags.length === 1 ? 'it' : 'them'} already`;
    case 'remove_tags':
      return `${count} ${n === 1 ? 'has' : 'have'} none of ${change.tags.length === 1 ? 'it' : 'them'}`;
    case 'resend':
      return '';
    case 'status':
      if (change.status === 'locked') return `${count} ${are} locked already`;
      return `${count} ${are} ${statusTitles[change.status as Status]} already`;
  }
}

/** Words of changing many customers at once. */
export const bulkTexts = {
  setStatus: 'Set status',
  tags: 'Tags',
  addTags: 'Add tags…',
  removeTags: 'Remove tags…',
  selectFirst: 'Select customers first',
  reason: 'Reason',
  reasonHint: 'Only you and your colleagues see it.',
  tagsLabel: 'Tags',
  tagsHint: 'Press Enter or a comma after each.',
  removeTag: (tag: string) => `Remove ${tag}`,
  counting: 'Counting…',
  enterTags: 'Enter the tags to see whom it changes.',
  preview: 'What will happen',

  title: (change: BulkChange): string => {
    if (change.kind === 'add_tags') return 'Add tags';
    if (change.kind === 'remove_tags') return 'Remove tags';
    if (change.kind === 'resend') return 'Resend activation mail';
    return verb(change, 'customers');
  },

  /** The one button that does it. */
  submit: (change: BulkChange, n: number): string => verb(change, customers(n)),

  /** "412 customers: 400 will be locked, 12 are locked already" */
  summary(change: BulkChange, f: BulkFigures): string {
    const parts: string[] = [];
    if (f.changed > 0) parts.push(fate(change, f.changed));
    if (f.already > 0) parts.push(already(change, f.already));
    const rest = Object.values(f.left).reduce((sum, n) => sum + n, 0);
    if (rest > 0)
      parts.push(
        `${formatNumber(rest)} ${rest === 1 ? 'stays' : 'stay'} as ${rest === 1 ? 'it is' : 'they are'}`,
      );
    return `${customers(f.total)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}.`;
  },
  notes: (f: BulkFigures): string[] =>
    [...mailsOut(f), ...leftWords(f.left)].map((words) => `${words}.`),
  online:
    'The Back Office is asked for each of them, one after the other. A mail that was sent can’t be unsent.',

  result(done: BulkResult): string {
    const words: string[] = [`${done.changed > 0 ? 'Done' : 'Not done'}: ${done.action.title}`];
    if (done.cancelled) words.push(`Stopped: ${customers(done.rest)} left out`);
    if (done.stopped)
      words.push(`Stopped: ${done.stopped.message} ${customers(done.rest)} left out`);
    if (done.already > 0)
      words.push(`${formatNumber(done.already)} ${done.already === 1 ? 'was' : 'were'} so already`);
    words.push(...leftWords(done.left), ...mailsOut(done));
    if (done.failed_count > 0) words.push(`${customers(done.failed_count)} could not be mailed`);
    return words.map((w) => (w.endsWith('.') ? w : `${w}.`)).join(' ');
  },
  show: 'Show',
  failedTitle: (n: number) => `${customers(n)} could not be mailed`,
  failedFirst: (shown: number, n: number) =>
    shown < n ? `The first ${formatNumber(shown)} of ${formatNumber(n)}.` : '',
} as const;
