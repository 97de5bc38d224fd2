import type { Handlers } from '$lib/actions';
import { dialogs } from '$lib/state/dialogs.svelte';
import type { CustomerList } from '$lib/state/list.svelte';
import { exportTexts } from '$lib/texts/export';

/** Exporting what a list shows, or what is selected of it. */
export function exportAction(list: CustomerList): Handlers {
  return {
    export: {
      refusal: () => (list.total === 0 ? exportTexts.nobody : ''),
      run: () => {
        dialogs.openExport({
          list: { ids: [], query: list.query, except: [] },
          listed: list.total,
          selection: list.selection.value,
          selected: list.selection.count,
        });
      },
    },
  };
}
