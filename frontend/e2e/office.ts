import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program, eventually, freePort } from './process';
import { findPrograms } from './programs';

/** Who signs in first: the owner of the one partner. */
export const owner = {
  agency: 'Wheel Agency',
  username: 'olga@wheels.example',
  password: 'correct horse battery staple 9',
};

/** Starts a Back Office as its own program, with one partner. */
export async function startOffice(): Promise<Office> {
  const office = new Office(await freePort());
  office.admin(['partner', 'add', '--username', owner.username, '--name', owner.agency], {
    input: `${owner.password}\n`,
  });
  await office.start();
  return office;
}

export class Office {
  readonly url: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'partner-desk-office-'));
  readonly #port: number;
  #program: Program | undefined;

  constructor(port: number) {
    this.#port = port;
    this.url = `http://127.0.0.1:${String(port)}`;
  }

  get dataDir(): string {
    return join(this.#folder, 'data');
  }

  get log(): string {
    return this.#program?.log ?? '';
  }

  async start(): Promise<void> {
    const program = new Program(
      findPrograms().office,
      [
        'serve',
        '--data',
        this.dataDir,
        '--addr',
        `127.0.0.1:${String(this.#port)}`,
        '--public-url',
        this.url,
      ],
      {},
    );
    this.#program = program;
    await eventually(
      async () => {
        if (!program.running)
          throw new Error(`the Back Office ended at its start:\n${program.log}`);
        return await fetch(`${this.url}/healthz`).then(
          (answer) => answer.ok || undefined,
          () => undefined,
        );
      },
      () => `the Back Office does not answer; it says:\n${program.log}`,
    );
  }

  /** Ends the server; start serves the same data at the same address again. */
  async stop(): Promise<void> {
    await this.#program?.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Runs an administrator's command on the data, also while it is served. */
  admin(words: string[], options: { input?: string } = {}): string {
    return execFileSync(findPrograms().office, [...words, '--data', this.dataDir], {
      encoding: 'utf8',
      ...options,
    });
  }
}
