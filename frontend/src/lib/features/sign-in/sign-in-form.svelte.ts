import { Attempt } from '$lib/state/attempt.svelte';
import { workspace } from '$lib/state/workspace.svelte';

/** The password, asked to sign in to the open workspace. It stays when it is wrong. */
export class SignInForm {
  password = $state('');
  readonly attempt = new Attempt(['password']);

  /** Whatever went wrong is told beside the password: there is nothing else to correct. */
  get error(): string {
    return this.attempt.error('password') ?? this.attempt.failure;
  }

  /** The password was changed: what was told of it no longer counts. */
  correct(): void {
    this.attempt.clear();
  }

  signIn(): Promise<boolean> {
    return this.attempt.run(() => workspace.signIn(this.password));
  }
}
