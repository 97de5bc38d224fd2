import * as api from '$lib/api';
import { settingsTexts as texts } from '$lib/texts/settings';

import { isPort } from './port';

const usualPort: Readonly<Record<api.Security, number>> = { starttls: 587, tls: 465, none: 25 };

/** The mail settings as they are being edited. */
export class MailForm {
  values = $state<api.MailSettings>({
    use_smtp: false,
    host: '',
    port: usualPort.starttls,
    security: 'starttls',
    username: '',
    from_name: '',
    from_address: '',
    password: '',
    has_password: false,
    folder: '',
  });
  port = $state('');
  testTo = $state('');
  #saved = $state('');
  #wrong = $state.raw<Readonly<Record<string, string>>>({});
  #failure = $state('');
  #tested = $state('');
  #busy = $state<'' | 'save' | 'test'>('');

  get saving(): boolean {
    return this.#busy === 'save';
  }

  get testing(): boolean {
    return this.#busy === 'test';
  }

  /** Whether the settings were read, so that they can be edited. */
  get loaded(): boolean {
    return this.#saved !== '';
  }

  get failure(): string {
    return this.#failure;
  }

  /** What the mail server said to the test mail, when it took it. */
  get tested(): string {
    return this.#tested;
  }

  get dirty(): boolean {
    return this.loaded && this.#saved !== JSON.stringify(this.#settings());
  }

  error(field: string): string | undefined {
    return this.#wrong[field];
  }

  async load(): Promise<void> {
    this.#failure = '';
    try {
      this.#take(await api.mailSettings());
    } catch (reason) {
      this.#failure = api.toAppError(reason).message;
    }
  }

  /** A usual port follows the security; one that was typed stays. */
  setSecurity(security: api.Security): void {
    const usual = Object.values(usualPort).map(String);
    if (this.port === '' || usual.includes(this.port)) this.port = String(usualPort[security]);
    this.values.security = security;
  }

  /** Resolves to whether it was saved. */
  async save(): Promise<boolean> {
    return this.#run('save', async () => {
      this.#take(await api.saveMailSettings(this.#settings()));
    });
  }

  async test(): Promise<boolean> {
    const to = this.testTo.trim();
    return this.#run('test', async () => {
      await api.sendTestMail(this.#settings(), to);
      this.#tested = texts.tested(to);
    });
  }

  async #run(what: 'save' | 'test', work: () => Promise<void>): Promise<boolean> {
    if (this.#busy !== '' || !this.loaded) return false;
    this.#failure = '';
    this.#tested = '';
    this.#wrong = {};
    if (this.values.use_smtp && !isPort(this.port)) {
      this.#wrong = { port: texts.portWrong };
      return false;
    }
    this.#busy = what;
    try {
      await work();
      return true;
    } catch (reason) {
      const error = api.toAppError(reason);
      this.#wrong = Object.fromEntries(error.byField);
      if (error.byField.size === 0) this.#failure = error.message;
      return false;
    } finally {
      this.#busy = '';
    }
  }

  #settings(): api.MailSettings {
    const port = isPort(this.port) ? Number(this.port) : 0;
    return { ...$state.snapshot(this.values), port };
  }

  #take(settings: api.MailSettings): void {
    const security = settings.security || 'starttls';
    this.values = { ...settings, security, password: '' };
    this.port = String(settings.port || usualPort[security]);
    this.#saved = JSON.stringify(this.#settings());
  }
}
