import type { Handlers } from '$lib/actions';
import type { PastAction, Reversed } from '$lib/api';
import { history } from '$lib/state/history.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { undoTexts as texts } from '$lib/texts/undo';

// The message about what was done last: its button stands for that only, so it
// goes when something else is done.
let told = 0;

/** Takes back what was done last, or that action, and says what became of it. */
export async function undo(action = ''): Promise<void> {
  tell(await history.takeBack(action), false);
}

export async function redo(action = ''): Promise<void> {
  tell(await history.makeAgain(action), true);
}

function tell(done: Reversed, again: boolean): void {
  const whole = done.changed > 0 && Object.keys(done.left).length === 0 && !done.cancelled;
  const { id } = done.action;
  tellDone(
    texts.reversed(done, again),
    whole ? 'success' : 'info',
    again ? { label: texts.undo, run: () => undo(id) } : { label: texts.redo, run: () => redo(id) },
    done.changed > 0,
  );
}

/** Says what was done to many customers, and offers to take it back. */
export function tellUndoable(text: string, tone: 'success' | 'danger', action: string): void {
  tellDone(text, tone, { label: texts.undo, run: () => undo(action) }, true);
}

function tellDone(
  text: string,
  tone: 'info' | 'success' | 'danger',
  { label, run }: { label: string; run: () => Promise<void> },
  offered: boolean,
): void {
  const safely = (): void => {
    run().catch((reason: unknown) => {
      toasts.showError(reason);
    });
  };
  toasts.dismiss(told);
  told = toasts.show({ text, tone, action: offered ? { label, run: safely } : null });
}

// While one is under way, what the next is about is not known yet.
function refusal(what: PastAction | null, nothing: string): string {
  if (history.refused) return history.refused;
  if (jobs.running) return texts.busy(jobs.running.title);
  return what || history.busy ? '' : nothing;
}

export const undoActions: Handlers = {
  undo: {
    title: () => (history.undo ? texts.undoOf(history.undo) : texts.undo),
    refusal: () => refusal(history.undo, texts.nothingToUndo),
    run: () => undo(),
  },
  redo: {
    title: () => (history.redo ? texts.redoOf(history.redo) : texts.redo),
    refusal: () => refusal(history.redo, texts.nothingToRedo),
    run: () => redo(),
  },
};
