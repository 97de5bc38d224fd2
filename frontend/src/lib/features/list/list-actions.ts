import { type Handler, type Handlers } from '$lib/actions';
import type { Row, Status } from '$lib/api';
import * as api from '$lib/api';
import { dialogs } from '$lib/state/dialogs.svelte';
import type { Layout } from '$lib/state/layout.svelte';
import type { CustomerList } from '$lib/state/list.svelte';
import { rights } from '$lib/state/rights.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { list as texts } from '$lib/texts/list';

import { entryRefusal } from './entry';

/** What can be done with the list; find puts the focus on the search. */
export function listActions(list: CustomerList, layout: Layout, find: () => void): Handlers {
  const show = (status: Status | ''): Handler => ({
    run: () => {
      list.filter({ status });
    },
  });
  return {
    find: { run: find },
    toggle_views: {
      run: () => {
        layout.toggleViews();
      },
    },
    toggle_pane: {
      run: () => {
        layout.togglePane();
      },
    },
    show_all: show(''),
    show_pending_activate: show('pending_activate'),
    show_activated: show('activated'),
    show_locked: show('locked'),
    clear_filters: {
      refusal: () => (list.filtered ? '' : texts.noFilters),
      run: () => {
        list.clearFilters();
      },
    },
  };
}

/** What can be done with the customer that the focus is on, or was on last. */
export function rowActions(row: () => Row | undefined): Handlers {
  const about = (run: (row: Row) => unknown, why: (row: Row) => string = () => ''): Handler => ({
    object: () => row()?.username ?? '',
    refusal: () => {
      const now = row();
      return now ? why(now) : texts.noCustomer;
    },
    run: () => {
      const now = row();
      return now && run(now);
    },
  });
  return {
    edit_customer: {
      ...about((now) => {
        dialogs.openEdit(now.id);
      }),
      title: () => (rights.mayEdit ? texts.editOne : texts.lookOne),
    },
    log_in_as: about(
      (now) => {
        dialogs.openLogInAs(now);
      },
      (now) => entryRefusal(now) ?? '',
    ),
    copy_address: about(async ({ username }) => {
      await api.copyText(username);
      toasts.show({ text: texts.copied(username), tone: 'success' });
    }),
  };
}
