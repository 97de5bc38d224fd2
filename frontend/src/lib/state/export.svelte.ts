import * as api from '$lib/api';

import { Told } from './told.svelte';

const none: api.ExportState = { phase: 'none', path: '', done: 0, total: 0 };

/** The latest export, as Go tells it. */
class Export {
  #told = new Told(none, api.exportState);

  get state(): api.ExportState {
    return this.#told.now;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    return this.#told.follow('tables:state');
  }

  /** Asks where to, and begins; whether a place was chosen. */
  async start(request: api.ExportRequest): Promise<boolean> {
    const begun = await api.startExport(request);
    if (begun.phase === 'none') return false;
    this.#told.take(begun); // what was known is of the export before; the reading tells if it is over
    await this.#told.read();
    return true;
  }

  async cancel(): Promise<void> {
    await this.#told.after(api.cancelExport());
  }
}

export const exporting = new Export();
