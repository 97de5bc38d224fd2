import * as api from '$lib/api';
import { Latest } from '$lib/latest';

const none: api.ExportState = { phase: 'none', path: '', done: 0, total: 0 };

/** The latest export, as Go tells it. */
class Export {
  #state = $state.raw<api.ExportState>(none);
  #latest = new Latest();

  get state(): api.ExportState {
    return this.#state;
  }

  /** Follows Go until the returned function is called. */
  follow(): () => void {
    const stop = api.onEvent('tables:state', () => void this.#read());
    return () => {
      stop();
      this.#latest.drop();
      this.#state = none;
    };
  }

  /** Asks where to, and begins; whether a place was chosen. */
  async start(request: api.ExportRequest): Promise<boolean> {
    const begun = await api.startExport(request);
    if (begun.phase === 'none') return false;
    this.#state = begun; // what was known is of the export before; the reading tells if it is over
    await this.#read();
    return true;
  }

  async cancel(): Promise<void> {
    await api.cancelExport();
    await this.#read();
  }

  async #read(): Promise<void> {
    const newest = this.#latest.ask();
    try {
      const state = await api.exportState();
      if (newest()) this.#state = state;
    } catch {
      // The next change asks again.
    }
  }
}

export const exporting = new Export();
