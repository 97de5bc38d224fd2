import type { Handlers } from '$lib/actions';
import type { PastAction, Reversed } from '$lib/api';
import { dialogs } from '$lib/state/dialogs.svelte';
import { history } from '$lib/state/history.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import { toasts, type ToastAction, type Tone } from '$lib/state/toasts.svelte';
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
  let action: ToastAction | null = null;
  if (done.stay.length > 0) {
    action = {
      label: texts.lockInstead(done.stay.length),
      run: () => {
        lock(done.stay);
      },
    };
  } else if (done.changed > 0 && again) {
    action = { label: texts.undo, run: () => undo(id) };
  } else if (done.changed > 0) {
    action = { label: texts.redo, run: () => redo(id) };
  }
  tellDone(texts.reversed(done, again), whole ? 'success' : 'info', action);
}

// Accounts can't be deleted. The dialog asks first.
function lock(ids: string[]): void {
  dialogs.openBulk(
    { ids, query: null, except: [] },
    { kind: 'status', status: 'locked', lock_reason: '', tags: [] },
  );
}

/** Says what was done to many customers, and offers to take it back. */
export function tellUndoable(text: string, tone: Tone, action: string): void {
  tellDone(text, tone, { label: texts.undo, run: () => undo(action) });
}

function tellDone(text: string, tone: Tone, action: ToastAction | null): void {
  toasts.dismiss(told);
  told = toasts.show({ text, tone, action });
}

// While one is under way the next waits for it, and what that is about is not known yet.
function refusal(what: PastAction | null, nothing: string): string {
  if (history.refused) return history.refused;
  if (history.busy) return '';
  if (jobs.running) return texts.busy(jobs.running.title);
  return what ? '' : nothing;
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
