import { Attempt } from '$lib/state/attempt.svelte';
import { move } from '$lib/state/move.svelte';

/** The password, asked to go on with a move that stopped. It stays when it is wrong. */
export class ResumeForm {
  password = $state('');
  readonly attempt = new Attempt(['password']);

  /** Goes on; whether it runs. */
  async resume(): Promise<boolean> {
    const resumed = await this.attempt.run(() => move.resume(this.password));
    if (resumed) this.password = '';
    return resumed;
  }
}
