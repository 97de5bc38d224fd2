import type { WaitingChange } from '$lib/api';

/** Each change once: between two pages it can move from one to the other. */
export function unique(changes: readonly WaitingChange[]): WaitingChange[] {
  return [...new Map(changes.map((change) => [change.mutation_id, change])).values()];
}
