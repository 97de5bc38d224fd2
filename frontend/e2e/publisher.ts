import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Who publishes versions: a server with a manifest that is signed as minisign does. */
export class Publisher {
  readonly #files = new Map<string, string | Buffer>();
  readonly #server: Server;
  readonly #private: KeyObject;
  readonly #id = Buffer.from('testtest');
  /** As minisign prints a public key. */
  readonly key: string;

  private constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.#private = privateKey;
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    this.key = Buffer.concat([Buffer.from('Ed'), this.#id, raw]).toString('base64');
    this.#server = createServer((request, response) => {
      const file = this.#files.get(request.url ?? '');
      response.writeHead(file === undefined ? 404 : 200).end(file);
    });
  }

  static async start(): Promise<Publisher> {
    const publisher = new Publisher();
    await new Promise<void>((listening) => {
      publisher.#server.listen(0, '127.0.0.1', listening);
    });
    return publisher;
  }

  get address(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}/desk.json`;
  }

  publish(manifest: { version: string; notes?: string }): void {
    const text = JSON.stringify(manifest);
    const comment = 'the newest version';
    const signature = sign(null, createHash('blake2b512').update(text).digest(), this.#private);
    const whole = sign(null, Buffer.concat([signature, Buffer.from(comment)]), this.#private);
    this.#files.set('/desk.json', text);
    this.#files.set(
      '/desk.json.minisig',
      [
        'untrusted comment: signature of a test',
        Buffer.concat([Buffer.from('ED'), this.#id, signature]).toString('base64'),
        `trusted comment: ${comment}`,
        whole.toString('base64'),
        '',
      ].join('\n'),
    );
  }

  /** Changes the manifest without signing it. */
  tamper(version: string): void {
    this.#files.set('/desk.json', JSON.stringify({ version }));
  }

  async stop(): Promise<void> {
    await new Promise((closed) => this.#server.close(closed));
  }
}
