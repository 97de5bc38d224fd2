import type { Duplicates, Existing, ImportFile, Reading, TableFormat } from '$lib/api';
import { Attempt } from '$lib/state/attempt.svelte';
import { imports } from '$lib/state/import.svelte';

export type Step = 'file' | 'reading' | 'columns' | 'rehearsal';
const order: readonly Step[] = ['file', 'reading', 'columns', 'rehearsal'];

/** The steps of an import and what the user chose in them. */
export class ImportForm {
  #step = $state<Step>('file');
  #file: ImportFile | null = null;
  fields = $state<string[]>([]);
  existing = $state<Existing>('update');
  duplicates = $state<Duplicates>('first');
  mails = $state(false);
  readonly attempt = new Attempt();

  /** Without a rehearsal, since it was cancelled or failed, the columns are shown. */
  get step(): Step {
    const gone = this.#step === 'rehearsal' && imports.state.phase === 'opened';
    return gone ? 'columns' : this.#step;
  }

  /** From 1. */
  get number(): number {
    return order.indexOf(this.step) + 1;
  }

  /** How many customers the run would add or change. */
  get effect(): number {
    const { totals } = imports.state;
    return totals.new + (this.existing === 'update' ? totals.changed : 0);
  }

  /** Takes up a file that was opened, or read in another way. */
  take(file: ImportFile | null): void {
    if (file === this.#file) return;
    const another = file?.path !== this.#file?.path;
    this.#file = file;
    this.fields = file?.columns.map(({ field }) => field) ?? [];
    this.attempt.clear();
    if (file === null) this.#step = 'file';
    else if (another || this.#step === 'file') this.#step = 'reading';
  }

  back(): void {
    this.attempt.clear();
    this.#step = order[order.indexOf(this.step) - 1] ?? 'file';
  }

  async choose(): Promise<void> {
    await this.attempt.run(() => imports.choose());
  }

  /** Reads the file in another way. */
  async read(change: Partial<TableFormat>, header: Reading['header']): Promise<void> {
    const file = imports.file;
    if (file) {
      await this.attempt.run(() => imports.read({ format: { ...file.format, ...change }, header }));
    }
  }

  toColumns(): void {
    this.attempt.clear();
    this.#step = 'columns';
  }

  async rehearse(): Promise<void> {
    const { existing, duplicates } = this;
    const begun = await this.attempt.run(() =>
      imports.rehearse({ fields: [...this.fields], existing, duplicates, mails: false }),
    );
    if (begun) this.#step = 'rehearsal';
  }

  async run(): Promise<void> {
    await this.attempt.run(() => imports.run(this.mails && imports.state.mails > 0));
  }
}
