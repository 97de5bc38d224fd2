import type { KnownWorkspace } from '$lib/api';
import { dialogs } from '$lib/state/dialogs.svelte';
import { move } from '$lib/state/move.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { workspace } from '$lib/state/workspace.svelte';

/** The workspace of whoever moved the customers there, when this computer knows it. */
function known(address: string, username: string): KnownWorkspace | undefined {
  const who = username.toLowerCase();
  return workspace.known.find(
    (one) =>
      one.kind === 'shared' &&
      one.address === address &&
      one.partner_username.toLowerCase() === who,
  );
}

/** Opens the Back Office that the customers moved to, or asks for what that takes. */
export async function openDestination(): Promise<void> {
  const { address } = move;
  const { username } = move.state;
  const there = known(address, username);
  if (!there) {
    dialogs.openConnect({ address, username });
    return;
  }
  try {
    await workspace.open(there.id);
  } catch (reason) {
    toasts.showError(reason);
  }
}
