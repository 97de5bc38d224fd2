import * as api from '$lib/api';
import { Latest } from '$lib/latest';
import { dialogs } from '$lib/state/dialogs.svelte';
import { history } from '$lib/state/history.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { tellUndoable } from '$lib/features/undo/undo-actions';
import { bulkTexts as texts } from '$lib/texts/bulk';

/** What is to be done with a selection, and what that would do. */
export class BulkForm {
  #change = $state.raw<api.BulkChange>({ kind: 'status', status: '', lock_reason: '', tags: [] });
  #figures = $state.raw<api.BulkFigures | null>(null);
  #failure = $state('');
  #wrong = $state.raw<Readonly<Record<string, string>>>({});
  #latest = new Latest();

  constructor(
    readonly of: api.Selection,
    change: api.BulkChange,
  ) {
    this.#change = change;
    void this.count();
  }

  get change(): api.BulkChange {
    return this.#change;
  }

  /** Null while it is counted, or can't be. */
  get figures(): api.BulkFigures | null {
    return this.#figures;
  }

  get failure(): string {
    return this.#failure;
  }

  get asksTags(): boolean {
    return this.#change.kind === 'add_tags' || this.#change.kind === 'remove_tags';
  }

  get asksReason(): boolean {
    return this.#change.kind === 'status' && this.#change.status === 'locked';
  }

  /** Whether there is anything typed yet to count with. */
  get complete(): boolean {
    return !this.asksTags || this.#change.tags.length > 0;
  }

  /** Whether it can be done now and would do anything. */
  get ready(): boolean {
    return (this.#figures?.changed ?? 0) > 0;
  }

  error(field: string): string | undefined {
    return this.#wrong[field];
  }

  set tags(tags: string[]) {
    this.#change = { ...this.#change, tags };
    void this.count();
  }

  get tags(): string[] {
    return this.#change.tags;
  }

  // The reason changes no figure; whether it can be taken is told when it is done.
  set reason(lock_reason: string) {
    this.#change = { ...this.#change, lock_reason };
    this.#wrong = {};
  }

  get reason(): string {
    return this.#change.lock_reason;
  }

  async count(): Promise<void> {
    const isNewest = this.#latest.ask();
    this.#figures = null;
    this.#tell(null);
    if (!this.complete) return;
    try {
      const figures = await api.previewBulk(this.of, this.#change);
      if (isNewest()) this.#figures = figures;
    } catch (reason) {
      if (isNewest()) this.#tell(reason);
    }
  }

  /** Checks what was typed, closes the dialog and does it. */
  async run(): Promise<boolean> {
    if (!this.ready) return false;
    try {
      await api.previewBulk(this.of, this.#change); // tells a wrong field while it is in sight
    } catch (reason) {
      this.#tell(reason);
      return false;
    }
    dialogs.close();
    void this.#do();
    return true;
  }

  async #do(): Promise<void> {
    try {
      tell(await history.during(api.runBulk(this.of, this.#change)), this.#change);
    } catch (reason) {
      toasts.showError(reason);
    }
  }

  #tell(reason: unknown): void {
    const error = reason === null ? null : api.toAppError(reason);
    this.#wrong = Object.fromEntries(error?.byField ?? []);
    this.#failure = error && Object.keys(this.#wrong).length === 0 ? error.message : '';
  }
}

function tell(done: api.BulkResult, change: api.BulkChange): void {
  const text = texts.result(done);
  const tone = done.stopped || done.failed_count > 0 ? 'danger' : 'success';
  if (change.kind !== 'resend' && done.changed > 0) {
    tellUndoable(text, tone, done.action.id);
    return;
  }
  const show = {
    label: texts.show,
    run: () => {
      dialogs.openBulkFailures(done.failed, done.failed_count);
    },
  };
  toasts.show({ text, tone, action: done.failed_count > 0 ? show : null });
}
