import { actions } from '$lib/actions';
import { onEvent, takeDrops } from '$lib/api';
import { dialogs } from '$lib/state/dialogs.svelte';
import { imports } from '$lib/state/import.svelte';
import { toasts } from '$lib/state/toasts.svelte';

/**
 * Opens files that are dropped on the window for import, until the returned
 * function is called. What is being typed in a dialog comes first.
 */
export function followDrops(): () => void {
  takeDrops();
  return onEvent('file:dropped', () => void open());
}

async function open(): Promise<void> {
  const refusal = actions.refusal('import');
  if (refusal !== '') {
    toasts.show({ text: refusal });
    return;
  }
  const { current } = dialogs;
  const busy = ['rehearsing', 'running'].includes(imports.state.phase);
  if (busy || (current !== null && current.kind !== 'import')) return;
  try {
    if (await imports.openDropped()) dialogs.openImport();
  } catch (reason) {
    toasts.showError(reason);
  }
}
