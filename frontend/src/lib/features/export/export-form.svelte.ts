import type { ExportRequest, Separator } from '$lib/api';
import { Attempt } from '$lib/state/attempt.svelte';
import type { Exportable } from '$lib/state/dialogs.svelte';
import { exporting } from '$lib/state/export.svelte';
import { exportColumns, type exportFormats } from '$lib/texts/export';

export type Format = (typeof exportFormats)[number]['value'];

const facts = ['created_at', 'activated_at', 'last_login_at'];

/** What the user chose the last time, as long as the window is open. */
let chosen = {
  format: 'csv,' as Format,
  columns: Object.keys(exportColumns).filter((field) => !facts.includes(field)),
};

/** What is to be exported, and how. */
export class ExportForm {
  which = $state<'list' | 'selection'>('list');
  format = $state<Format>(chosen.format);
  columns = $state<string[]>(chosen.columns);
  readonly attempt = new Attempt();

  constructor(private readonly from: Exportable) {
    if (from.selected > 0) this.which = 'selection';
  }

  has(column: string): boolean {
    return this.columns.includes(column);
  }

  /** The columns stay in their own order. */
  set(column: string, on: boolean): void {
    this.columns = Object.keys(exportColumns).filter((field) =>
      field === column ? on : this.has(field),
    );
  }

  all(on: boolean): void {
    this.columns = on ? Object.keys(exportColumns) : [];
  }

  /** Asks where to, and begins; whether it did. */
  async start(): Promise<boolean> {
    chosen = { format: this.format, columns: $state.snapshot(this.columns) };
    const xlsx = this.format === 'xlsx';
    const request: ExportRequest = {
      selection: this.which === 'list' ? this.from.list : this.from.selection,
      kind: xlsx ? 'xlsx' : 'csv',
      separator: xlsx ? ',' : (this.format.slice(-1) as Separator),
      columns: chosen.columns,
    };
    let begun = false;
    await this.attempt.run(async () => {
      begun = await exporting.start(request);
    });
    return begun;
  }
}
