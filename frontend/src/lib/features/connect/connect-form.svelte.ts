import type { Connection } from '$lib/api';
import { Attempt } from '$lib/state/attempt.svelte';
import { workspace } from '$lib/state/workspace.svelte';

/** What is typed to connect to a Back Office. It stays when connecting fails. */
export class ConnectForm {
  values = $state<Connection>({ address: '', username: '', password: '' });
  readonly attempt = new Attempt(['address', 'username', 'password']);

  constructor(private readonly known: Partial<Connection> = {}) {
    Object.assign(this.values, known);
  }

  get dirty(): boolean {
    const { address = '', username = '' } = this.known;
    const { values } = this;
    return values.address !== address || values.username !== username || values.password !== '';
  }

  /** Connects and opens what is there; whether it did. */
  connect(): Promise<boolean> {
    const { address, username, password } = $state.snapshot(this.values);
    return this.attempt.run(() =>
      workspace.connect({ address: address.trim(), username: username.trim(), password }),
    );
  }
}
