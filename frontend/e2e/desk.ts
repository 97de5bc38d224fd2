import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { Program, eventually, freePort } from './process';
import { findBrowser, findPrograms, root } from './programs';

export interface DeskOptions {
  /** The data folder; a temporary one when not given. */
  data?: string;
  /** Further words for the app, such as `--demo`. */
  args?: string[];
  env?: Record<string, string>;
  /** A real keyring that is unlocked (the default) or locked, or no keyring at all. */
  keyring?: 'unlocked' | 'locked' | 'none';
  colorScheme?: 'light' | 'dark';
  /** Further flags of Chromium. */
  browserArgs?: string[];
}

/** Starts the app with its own display, bus, keyring, home and data, and opens its window in Chromium. */
export async function startDesk(options: DeskOptions = {}): Promise<Desk> {
  const desk = new Desk(options);
  try {
    await desk.start();
  } catch (error) {
    await desk.stop();
    throw error;
  }
  return desk;
}

export class Desk {
  readonly dataDir: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'partner-desk-e2e-'));
  readonly #linksFile = join(this.#folder, 'links');
  readonly #browserScript = join(this.#folder, 'browser');
  #options: DeskOptions;
  #program: Program | undefined;
  #browser: Browser | undefined;
  #context: BrowserContext | undefined;
  #page: Page | undefined;
  #url = '';

  constructor(options: DeskOptions) {
    this.#options = options;
    this.dataDir = options.data ?? join(this.#folder, 'data');
    writeFileSync(this.#linksFile, '');
    this.replaceBrowser(`#!/bin/sh\nprintf '%s\\n' "$1" >> '${this.#linksFile}'\n`);
  }

  /** Makes a script the system browser; the first one keeps the links for openedLinks. */
  replaceBrowser(script: string): void {
    writeFileSync(this.#browserScript, script, { mode: 0o700 });
  }

  /** The window. */
  get page(): Page {
    if (this.#page === undefined) throw new Error('the desk is not started');
    return this.#page;
  }

  get browser(): Browser {
    if (this.#browser === undefined) throw new Error('the desk is not started');
    return this.#browser;
  }

  get url(): string {
    return this.#url;
  }

  /** What the app printed since it was last started. */
  get log(): string {
    return this.#program?.log ?? '';
  }

  async start(): Promise<void> {
    await this.#startApp();
    this.#browser ??= await chromium.launch({
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--disable-background-networking',
        ...(this.#options.browserArgs ?? []),
      ],
    });
    await this.#openWindow();
  }

  /** Ends the app and starts it again on the same data and keyring, with a fresh window. */
  async restart(
    options: Partial<DeskOptions> & { crash?: boolean; whileDown?: () => void } = {},
  ): Promise<void> {
    const { crash, whileDown, ...changed } = options;
    await this.#context?.close();
    await (crash === true ? this.#program?.kill() : this.#program?.stop());
    whileDown?.();
    this.#options = { ...this.#options, ...changed };
    await this.start();
  }

  /** Ends the app; start opens it again on the same data and keyring. */
  async close(): Promise<void> {
    await this.#context?.close();
    await this.#program?.stop();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#program?.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The links that the app has opened in the system browser, oldest first. */
  openedLinks(): string[] {
    return readFileSync(this.#linksFile, 'utf8').split('\n').filter(Boolean);
  }

  /** The link that comes after the `known` first ones. */
  async openedLink(known = 0): Promise<string> {
    return await eventually(
      () => this.openedLinks()[known],
      () => `no link was opened; the app says:\n${this.log}`,
    );
  }

  /** A browser of somebody else: its cookies are its own. */
  async someoneElse(): Promise<Page> {
    const context = await this.browser.newContext();
    return await context.newPage();
  }

  async screenshot(path: string): Promise<void> {
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path, animations: 'disabled' });
  }

  async #startApp(): Promise<void> {
    const { desk, session } = findPrograms();
    const address = `127.0.0.1:${String(await freePort())}`;
    this.#url = `http://${address}`;
    const { args = [], env = {}, keyring = 'unlocked' } = this.#options;
    const home = join(this.#folder, 'home');
    const program = new Program(
      session,
      [
        'session',
        '--home',
        home,
        '--keyring',
        keyring,
        '--browser',
        this.#browserScript,
        '--',
        desk,
        ...args,
      ],
      {
        PARTNER_DESK_DATA: this.dataDir,
        PARTNER_DESK_PAGE_IN: 'browser',
        assetdir: process.env.PARTNER_DESK_PAGE ?? join(root, 'frontend', 'dist'),
        devserver: address,
        loglevel: 'Warning',
        ...env,
      },
    );
    this.#program = program;
    await eventually(
      async () => {
        if (!program.running) throw new Error(`the app ended at its start:\n${program.log}`);
        return await fetch(this.#url).then(
          (answer) => (answer.ok ? true : undefined),
          () => undefined,
        );
      },
      () => `the app does not answer; it says:\n${program.log}`,
      60_000,
    );
  }

  async #openWindow(): Promise<void> {
    this.#context = await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: this.#options.colorScheme ?? 'light',
      reducedMotion: 'reduce',
    });
    this.#page = await this.#context.newPage();
    await this.#page.goto(this.#url);
  }
}
