import { createServer, request, type Server } from 'node:http';
import { freePort } from './process';

/** A way to a Back Office. While it is shut, what is asked below a path gets the answer 503. */
export class Gate {
  /** What is shut; empty while all goes through. */
  shut = '';
  readonly #target: URL;
  #server: Server | undefined;
  #url = '';

  constructor(target: string) {
    this.#target = new URL(target);
  }

  get url(): string {
    return this.#url;
  }

  async start(): Promise<void> {
    const port = await freePort();
    const server = createServer((asked, answer) => {
      if (this.shut !== '' && asked.url?.startsWith(this.shut) === true) {
        answer.writeHead(503).end();
        return;
      }
      const onward = request(
        new URL(asked.url ?? '/', this.#target),
        { method: asked.method, headers: { ...asked.headers, host: this.#target.host } },
        (got) => {
          answer.writeHead(got.statusCode ?? 502, got.headers);
          got.pipe(answer);
        },
      );
      onward.once('error', () => answer.destroy());
      answer.once('close', () => onward.destroy());
      asked.pipe(onward);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.#url = `http://127.0.0.1:${String(port)}`;
  }

  stop(): void {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }
}
