import type { Extra, Handlers } from '$lib/actions';
import { placeOf } from '$lib/features/workspaces/place';
import { dialogs } from '$lib/state/dialogs.svelte';
import { place } from '$lib/state/place.svelte';
import { switching } from '$lib/state/switching.svelte';
import { sync } from '$lib/state/sync.svelte';
import { workspace } from '$lib/state/workspace.svelte';
import { editRefusal } from '$lib/features/workspaces/refusal';
import { importTexts } from '$lib/texts/import';
import { list } from '$lib/texts/list';
import { shell } from '$lib/texts/shell';

const open = (): boolean => workspace.screen === 'list';

/** What can be done wherever the window is, and with the workspace that is open. */
export const appActions: Handlers = {
  add_customer: {
    here: open,
    refusal: () => (workspace.looksOnly ? list.addRefused : editRefusal()),
    run: () => {
      dialogs.openAdd();
    },
  },
  customers: {
    here: open,
    run: () => {
      place.go('customers');
    },
  },
  overview: {
    here: open,
    run: () => {
      place.go('overview');
    },
  },
  palette: {
    run: () => {
      dialogs.openPalette();
    },
  },
  shortcuts: {
    run: () => {
      dialogs.openShortcuts();
    },
  },
  show_waiting: {
    here: open,
    refusal: () => (sync.state.total > 0 ? '' : shell.nothingWaits),
    run: () => {
      dialogs.openChanges('waiting');
    },
  },
  show_attention: {
    here: open,
    refusal: () => (sync.state.needs_attention > 0 ? '' : shell.noAttention),
    run: () => {
      dialogs.openChanges('attention');
    },
  },
  sync_now: {
    here: open,
    refusal: () => (sync.signedOut ? shell.signInFirst : ''),
    run: () => sync.now(),
  },
  settings: {
    here: open,
    run: () => {
      dialogs.openSettings();
    },
  },
  members: {
    here: () => open() && workspace.mayManageMembers,
    run: () => {
      dialogs.openMembers();
    },
  },
  change_password: {
    here: () => open() && workspace.isShared,
    run: () => {
      dialogs.openChangePassword();
    },
  },
  connect: {
    here: open,
    run: () => {
      dialogs.openConnect();
    },
  },
  import: {
    here: open,
    refusal: () => (workspace.looksOnly ? importTexts.refused : editRefusal()),
    run: () => {
      dialogs.openImport();
    },
  },
  move: {
    here: () => open() && workspace.isLocal,
    run: () => {
      dialogs.openMove();
    },
  },
  sign_out: {
    here: () => open() && workspace.isShared,
    run: () => {
      dialogs.openSignOut();
    },
  },
  leave_sample: {
    here: () => open() && workspace.isSample,
    run: () => switching.run(shell.leaving, () => workspace.leave()),
  },
  about: {
    run: () => {
      dialogs.openAbout();
    },
  },
};

/** The other workspaces of this computer. */
export function workspaceActions(): readonly Extra[] {
  if (!open()) return [];
  return workspace.others.map((other) => ({
    id: `open_workspace/${other.id}`,
    menu: 'Workspace',
    title: shell.switchTo(other.partner_name || other.partner_username),
    object: placeOf(other),
    words: shell.switchWords,
    run: () => switching.run(shell.opening, () => workspace.open(other.id)),
  }));
}
