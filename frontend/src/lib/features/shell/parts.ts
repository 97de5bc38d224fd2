import { Part } from '$lib/features/later/part.svelte';
import type { Row, Screen } from '$lib/api';
import type { DialogKind } from '$lib/state/dialogs.svelte';

const customer = new Part(() => import('$lib/features/customer/CustomerDialog.svelte'));
const bulk = new Part(() => import('$lib/features/bulk/BulkDialog.svelte'));

/** Every dialog. The first list is there before any of them is loaded. */
export const dialogParts: Readonly<Record<DialogKind, Part>> = {
  add: customer,
  edit: customer,
  palette: new Part(() => import('$lib/features/palette/PaletteDialog.svelte')),
  'log-in-as': new Part(() => import('$lib/features/log-in-as/LogInAsDialog.svelte')),
  bulk,
  'bulk-failures': bulk,
  changes: new Part(() => import('$lib/features/changes/ChangesDialog.svelte')),
  'sign-in': new Part(() => import('$lib/features/sign-in/SignInDialog.svelte')),
  'sign-out': new Part(() => import('$lib/features/shell/SignOutConfirm.svelte')),
  shortcuts: new Part(() => import('$lib/features/shortcuts/ShortcutsDialog.svelte')),
  settings: new Part(() => import('$lib/features/settings/SettingsDialog.svelte')),
  import: new Part(() => import('$lib/features/import/ImportDialog.svelte')),
  export: new Part(() => import('$lib/features/export/ExportDialog.svelte')),
  members: new Part(() => import('$lib/features/members/MembersDialog.svelte')),
  move: new Part(() => import('$lib/features/move/MoveDialog.svelte')),
  connect: new Part(() => import('$lib/features/connect/ConnectDialog.svelte')),
  'change-password': new Part(() => import('$lib/features/password/PasswordDialog.svelte')),
  about: new Part(() => import('$lib/features/about/AboutDialog.svelte')),
};

/** Every screen but the list. */
export const screenParts: Readonly<Record<Exclude<Screen, 'list'>, Part>> = {
  welcome: new Part(() => import('$lib/features/welcome/WelcomeScreen.svelte')),
  sign_in: new Part(() => import('$lib/features/sign-in/SignInScreen.svelte')),
  problem: new Part(() => import('$lib/features/welcome/ProblemScreen.svelte')),
};

/** What stands beside the list when it is asked for. */
export const panePart = new Part<{ row: Row | undefined }>(
  () => import('$lib/features/pane/Pane.svelte'),
);

/** Loads the pane and the dialogs one after the other, when there is nothing else to do. */
export async function loadRest(): Promise<void> {
  for (const part of new Set([panePart, ...Object.values(dialogParts)])) {
    await idle();
    await part.load();
  }
}

// WebKit has no requestIdleCallback: there, what is waiting goes first at least.
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) {
      requestIdleCallback(
        () => {
          resolve();
        },
        { timeout: 1_000 },
      );
    } else setTimeout(resolve, 50);
  });
}
