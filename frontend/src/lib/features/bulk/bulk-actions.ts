import type { Handler, Handlers } from '$lib/actions';
import type { BulkChange } from '$lib/api';
import { editRefusal } from '$lib/features/workspaces/refusal';
import { dialogs } from '$lib/state/dialogs.svelte';
import { jobs } from '$lib/state/jobs.svelte';
import type { CustomerSelection } from '$lib/state/selection.svelte';
import { bulkTexts as texts } from '$lib/texts/bulk';
import { list } from '$lib/texts/list';
import { undoTexts } from '$lib/texts/undo';

const none: BulkChange = { kind: 'resend', status: '', lock_reason: '', tags: [] };

/** What can be done with the customers that are selected; a dialog asks first. */
export function bulkActions(selection: CustomerSelection): Handlers {
  const asks = (change: Partial<BulkChange>): Handler => ({
    object: () => (selection.empty ? '' : list.selected(selection.count)),
    refusal: () => {
      if (selection.empty) return texts.selectFirst;
      return editRefusal() || (jobs.running ? undoTexts.busy(jobs.running.title) : '');
    },
    run: () => {
      dialogs.openBulk(selection.value, { ...none, ...change });
    },
  });
  return {
    set_pending_activate: asks({ kind: 'status', status: 'pending_activate' }),
    set_activated: asks({ kind: 'status', status: 'activated' }),
    set_locked: asks({ kind: 'status', status: 'locked' }),
    add_tags: asks({ kind: 'add_tags' }),
    remove_tags: asks({ kind: 'remove_tags' }),
    resend_mails: asks({ kind: 'resend' }),
  };
}
