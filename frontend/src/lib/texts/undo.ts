import type { PastAction, Reversed } from '$lib/api';
import { formatNumber } from '$lib/format';

import { leftWords } from './left';
import { mailsOut } from './mails-out';
import { some } from './some';

const sentences = (all: readonly string[]): string => all.map((words) => `${words}.`).join(' ');

/** Words of undo and redo. */
export const undoTexts = {
  nothingToUndo: 'There is nothing to undo.',
  nothingToRedo: 'There is nothing to redo.',
  both: 'Undo and redo',
  undo: 'Undo',
  redo: 'Redo',
  undoOf: (action: PastAction) => `Undo: ${action.title}`,
  redoOf: (action: PastAction) => `Redo: ${action.title}`,
  busy: (title: string) => `This has to end first, or be cancelled: ${title}.`,

  /** Instead of deleting them. */
  lockInstead: (n: number) => (n === 1 ? 'Lock it…' : 'Lock them…'),

  /** What became of it. */
  reversed(done: Reversed, again: boolean): string {
    const what = again ? 'Done again' : 'Undone';
    const failed = again ? 'Not done again' : 'Not undone';
    const words = [`${done.changed > 0 ? what : failed}: ${done.action.title}`];
    const over = done.changed + Object.values(done.left).reduce((sum, n) => sum + n, 0);
    if (done.cancelled) {
      words.push(
        `Stopped after ${formatNumber(over)}; ${some(done.rest, 'change is', 'changes are')} left, and ${again ? 'Redo' : 'Undo'} goes on with them`,
      );
    }
    words.push(...leftWords(done.left), ...mailsOut(done));
    if (done.mails_sent > 0) {
      words.push(
        `${some(done.mails_sent, 'mail was', 'mails were')} sent already and can’t be unsent`,
      );
    }
    if (done.mails_saved > 0) {
      words.push(
        `${some(done.mails_saved, 'mail stays', 'mails stay')} in the mail folder; ${done.mails_saved === 1 ? 'its link' : 'their links'} may not work any more`,
      );
    }
    if (done.passwords > 0) {
      const passwords = some(done.passwords, 'password', 'passwords');
      words.push(
        again
          ? `${passwords} can’t be restored, since none is kept in a readable form`
          : `${passwords} can’t be taken back, since none is kept in a readable form`,
      );
    }
    return sentences(words);
  },
} as const;

export const jobTexts = {
  progress: (done: number, total: number) =>
    `${formatNumber(done)} of ${some(total, 'customer', 'customers')}`,
  cancel: 'Cancel',
} as const;
