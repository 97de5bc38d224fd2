import { dialogs } from '$lib/state/dialogs.svelte';

/** Whether something asks for an answer first, so that nothing else can be begun. */
export function occupied(): boolean {
  return (
    dialogs.current !== null ||
    document.querySelector('[role="alertdialog"], [role="menu"]') !== null
  );
}
