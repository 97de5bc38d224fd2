import type { Handlers } from '$lib/actions';
import type { Reversed } from '$lib/api';
import { history } from '$lib/state/history.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { undoTexts as texts } from '$lib/texts/undo';

/** Takes back what was done last, and says what became of that. */
export async function undo(): Promise<void> {
  tell(await history.takeBack(), false);
}

export async function redo(): Promise<void> {
  tell(await history.makeAgain(), true);
}

function tell(done: Reversed, again: boolean): void {
  const whole = done.changed > 0 && Object.keys(done.left).length === 0 && !done.cancelled;
  const back = again
    ? { label: texts.undo, run: () => void undo().catch(showError) }
    : { label: texts.redo, run: () => void redo().catch(showError) };
  toasts.show({
    text: texts.reversed(done, again),
    tone: whole ? 'success' : 'info',
    action: done.changed > 0 ? back : null,
  });
}

const showError = (reason: unknown): void => {
  toasts.showError(reason);
};

const busy = (): string => (jobs.running ? texts.busy(jobs.running.title) : '');

export const undoActions: Handlers = {
  undo: {
    title: () => (history.undo ? texts.undoOf(history.undo) : texts.undo),
    refusal: () => history.refused || busy() || (history.undo ? '' : texts.nothingToUndo),
    run: undo,
  },
  redo: {
    title: () => (history.redo ? texts.redoOf(history.redo) : texts.redo),
    refusal: () => history.refused || busy() || (history.redo ? '' : texts.nothingToRedo),
    run: redo,
  },
};
