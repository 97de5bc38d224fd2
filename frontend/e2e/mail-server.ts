import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { eventually } from './process';

interface ServerOptions {
  port?: number;
  /** The one user who may send; without it nobody signs in. */
  user?: { name: string; password: string };
}

interface Letter {
  to: string[];
  /** The whole MIME mail as it was received. */
  source: string;
}

/** A real SMTP server on loopback. It offers STARTTLS with a certificate that nobody trusts. */
export class MailServer {
  readonly letters: Letter[] = [];
  readonly #server: SMTPServer;
  /** Recipients that the server does not know. */
  readonly unknown = new Set<string>();

  constructor(options: ServerOptions = {}) {
    const { user } = options;
    this.#server = new SMTPServer({
      authOptional: user === undefined,
      allowInsecureAuth: true,
      disabledCommands: user === undefined ? ['AUTH'] : [],
      logger: false,
      onAuth: (auth, _session, answer) => {
        if (auth.username === user?.name && auth.password === user?.password) {
          answer(null, { user: auth.username });
        } else {
          answer(new Error('Invalid username or password'));
        }
      },
      onRcptTo: (address, _session, answer) => {
        if (!this.unknown.has(address.address)) answer();
        else answer(Object.assign(new Error('No such user here'), { responseCode: 550 }));
      },
      onData: (stream, session, answer) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          this.letters.push({
            to: session.envelope.rcptTo.map((to) => to.address),
            source: Buffer.concat(parts).toString(),
          });
          answer();
        });
      },
    });
    // A client that gives up is no failure of the server.
    this.#server.on('error', () => undefined);
  }

  async start(port = 0): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return (this.#server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(resolve);
    });
  }

  /** The first mail to the address. */
  async letterTo(address: string): Promise<Letter> {
    return await eventually(
      () => this.letters.find((letter) => letter.to.includes(address)),
      () => `no mail to ${address}`,
    );
  }
}

/** What a person reads of a quoted-printable or base64 part: enough to find a link in. */
export function decoded(source: string): string {
  const parts = source.split(/\r?\n\r?\n/);
  const head = parts.findIndex((part) => /content-type: text\/plain/i.test(part));
  const body = parts.slice(head + 1).join('\n\n');
  if (/content-transfer-encoding: base64/i.test(parts[head] ?? '')) {
    return Buffer.from((body.split('--')[0] ?? '').replace(/\s/g, ''), 'base64').toString();
  }
  return body
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
