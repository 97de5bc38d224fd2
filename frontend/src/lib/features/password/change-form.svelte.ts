import * as api from '$lib/api';
import { Attempt } from '$lib/state/attempt.svelte';

/** The own password that is being changed. What is typed stays when it can't be. */
export class PasswordForm {
  current = $state('');
  next = $state('');
  readonly attempt = new Attempt(['current', 'new']);

  get dirty(): boolean {
    return this.current !== '' || this.next !== '';
  }

  change(): Promise<boolean> {
    return this.attempt.run(() => api.changePassword(this.current, this.next));
  }
}
