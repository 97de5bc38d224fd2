import type { UpdateSettings } from '$lib/api';
import { Attempt } from '$lib/state/attempt.svelte';
import { update } from '$lib/state/update.svelte';

/** Whether and where to look for newer versions, as it is being edited. */
export class UpdateForm {
  values = $state<UpdateSettings>({ ...update.state.settings });
  readonly attempt = new Attempt(['address']);
  readonly looking = new Attempt();

  get dirty(): boolean {
    const { on, address } = update.state.settings;
    return this.values.on !== on || this.values.address !== address;
  }

  /** Whether it was saved. */
  save(): Promise<boolean> {
    const { on, address } = $state.snapshot(this.values);
    return this.attempt.run(async () => {
      this.values = await update.save({ on, address: address.trim() });
    });
  }

  look(): Promise<boolean> {
    return this.looking.run(() => update.look());
  }
}
