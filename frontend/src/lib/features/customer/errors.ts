import type { FieldError } from '$lib/api';

/** What is wrong, by field. */
export type Wrong = Readonly<Record<string, string>>;

/**
 * What of a check is shown: the fields that the user has left, and those that
 * were shown as wrong before and still are.
 */
export function shownErrors(
  found: readonly FieldError[],
  left: ReadonlySet<string>,
  shown: Wrong,
): Wrong {
  const next: Record<string, string> = {};
  for (const { field, message } of found) {
    if (field && !(field in next) && (left.has(field) || field in shown)) {
      next[field] = message;
    }
  }
  return next;
}
