import * as api from '$lib/api';
import { Attempt } from '$lib/state/attempt.svelte';

/** A member who is being added. */
export class AddForm {
  values = $state<api.NewMember>({ name: '', username: '', role: 'support', password: '' });
  readonly attempt = new Attempt(['name', 'username', 'role', 'password']);

  get dirty(): boolean {
    const { name, username, password } = this.values;
    return name !== '' || username !== '' || password !== '';
  }

  /** The member as the Back Office added it; null when something is wrong. */
  async add(): Promise<api.Member | null> {
    const { name, username, role, password } = $state.snapshot(this.values);
    let added: api.Member | null = null;
    await this.attempt.run(async () => {
      added = await api.addMember({ name: name.trim(), username: username.trim(), role, password });
    });
    return added;
  }
}

/** The name and role of a member who is being changed. */
export class ChangeForm {
  values: { name: string; role: api.Role };
  readonly attempt = new Attempt(['name', 'role']);

  constructor(readonly member: api.Member) {
    this.values = $state({ name: member.name, role: member.role });
  }

  get dirty(): boolean {
    return Object.keys(this.#change).length > 0;
  }

  /** Sends what differs only; whether the Back Office has it. */
  save(): Promise<boolean> {
    return this.attempt.run(async () => {
      if (this.dirty) await api.changeMember(this.member.id, this.#change);
    });
  }

  get #change(): api.MemberChange {
    const { name, role } = this.values;
    return {
      ...(name.trim() === this.member.name ? {} : { name: name.trim() }),
      ...(role === this.member.role ? {} : { role }),
    };
  }
}

/** A password that an owner gives a member. */
export class ResetForm {
  password = $state('');
  readonly attempt = new Attempt(['password']);

  constructor(readonly member: api.Member) {}

  get dirty(): boolean {
    return this.password !== '';
  }

  reset(): Promise<boolean> {
    const { password } = this;
    return this.attempt.run(() => api.changeMember(this.member.id, { password }));
  }
}
