import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROGRAMS: Readonly<Record<string, string>> = {
  systemctl: `case "$1" in
  is-active) [ -e "$STATE/down-$2" ] && { echo inactive; exit 3; }; echo active ;;
  show) echo LoadState=loaded ;;
  stop) touch "$STATE/down-$2"; echo "stop $2" >> "$STATE/log" ;;
  start|restart) rm -f "$STATE/down-$2"; echo "$1 $2" >> "$STATE/log" ;;
esac`,
  shopctl: `case "$1 $2" in
  "version ") cat "$STATE/version" ;;
  "backup --check") [ -e "$STATE/backup" ] ;;
  "backup ") touch "$STATE/backup"; echo backup >> "$STATE/log" ;;
  "drain ") touch "$STATE/drained"; echo drain >> "$STATE/log" ;;
  "drained ") [ -e "$STATE/drained" ] ;;
  "join ") rm -f "$STATE/drained"; echo join >> "$STATE/log" ;;
  install*) echo "$2" > "$STATE/version"; echo "install $2" >> "$STATE/log" ;;
esac`,
  dbctl: `case "$1 $2" in
  "backup --check") [ -e "$STATE/dump" ] ;;
  "backup ") touch "$STATE/dump"; echo backup >> "$STATE/log" ;;
  install*) echo "$2" > "$STATE/version-$3"; echo "install $2 on $3" >> "$STATE/log" ;;
  promote*) echo "$2" > "$STATE/active"; echo "promote $2" >> "$STATE/log" ;;
esac`,
};

/** A machine with the services and programs that the templates name, which keep their state in files, and with a page for each host. */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), 'templates-'));
  readonly state = join(this.folder, 'state');
  readonly #path = process.env['PATH'] ?? '';
  readonly #server: Server;

  private constructor() {
    mkdirSync(join(this.folder, 'bin'));
    mkdirSync(this.state);
    for (const [name, script] of Object.entries(PROGRAMS)) {
      const file = join(this.folder, 'bin', name);
      writeFileSync(file, `#!/bin/sh\nSTATE='${this.state}'\n${script}\n`);
      chmodSync(file, 0o755);
    }
    writeFileSync(join(this.state, 'version'), '1.0.0\n');
    writeFileSync(join(this.state, 'active'), 'node_1\n');
    for (const name of ['shop.crt', 'shop.key']) {
      writeFileSync(join(this.state, name), 'old');
      writeFileSync(join(this.state, `${name}.next`), 'new');
    }
    this.#server = createServer((request, response) => {
      const host = (request.url ?? '').split('/')[1] ?? '';
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ version: this.#versionOf(host), active: this.#read('active') === host, behind: 0 }));
    });
    process.env['PATH'] = `${join(this.folder, 'bin')}${delimiter}${this.#path}`;
  }

  static async open(): Promise<World> {
    const world = new World();
    await new Promise<void>((resolve) => world.#server.listen(0, '127.0.0.1', resolve));
    return world;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** What was done, line by line. */
  get log(): readonly string[] {
    return existsSync(join(this.state, 'log')) ? this.#read('log').split('\n') : [];
  }

  async close(): Promise<void> {
    process.env['PATH'] = this.#path;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  #versionOf(host: string): string {
    return existsSync(join(this.state, `version-${host}`)) ? this.#read(`version-${host}`) : '1.0.0';
  }

  #read(name: string): string {
    return readFileSync(join(this.state, name), 'utf8').trim();
  }
}
