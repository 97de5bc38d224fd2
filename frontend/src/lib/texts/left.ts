import type { Left, LeftCounts } from '$lib/api';

import { some } from './some';

type Words = (n: number) => string;

const one: (single: string, several: string) => Words = (single, several) => (n) =>
  `${some(n, 'customer', 'customers')} ${n === 1 ? single : several}`;

const reasons: Readonly<Record<Left, Words>> = {
  changed_since: one(
    'was changed since and stays as it is',
    'were changed since and stay as they are',
  ),
  on_its_way: one(
    'is on its way to the Back Office and can’t be dropped now',
    'are on their way to the Back Office and can’t be dropped now',
  ),
  at_back_office: one(
    'is at the Back Office already, where accounts can’t be deleted',
    'are at the Back Office already, where accounts can’t be deleted',
  ),
  in_conflict: one('needs attention first', 'need attention first'),
  username_taken: one(
    'keeps its username: another customer has the old one now',
    'keep their username: other customers have the old ones now',
  ),
  not_there: one('is not there any more', 'are not there any more'),
  too_many_tags: one('has too many tags already', 'have too many tags already'),
  no_link_needed: one('needs no link', 'need no link'),
  not_yet_there: one('has not reached the Back Office yet', 'have not reached the Back Office yet'),
  status_waiting: one(
    'has a new status that still waits to be sent',
    'have a new status that still waits to be sent',
  ),
};

/** Who is left as they are, and why, a sentence without its full stop each. */
export function leftWords(left: LeftCounts): string[] {
  return Object.entries(reasons).flatMap(([why, words]) => {
    const n = left[why as Left] ?? 0;
    return n > 0 ? [words(n)] : [];
  });
}
