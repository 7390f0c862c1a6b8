import * as headless from '@xterm/headless';

// A CommonJS package: its members stand in `default` or beside it, depending on who loads it.
const xterm = (headless as { default?: typeof headless }).default ?? headless;

const COLUMNS = 120;
const ROWS = 40;
/** More than this many bytes between two looks would have scrolled by anyway. */
const WAITING_BYTES = 256 * 1024;

/** What a person would see of an attempt's output on a terminal. Nothing is drawn before somebody looks, and memory is bounded. */
export class Screen {
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #disposed = false;

  constructor(columns = COLUMNS, rows = ROWS) {
    this.#terminal = new xterm.Terminal({ cols: columns, rows, scrollback: rows, allowProposedApi: true });
  }

  /** Takes output as it comes, cut anywhere. */
  feed(bytes: Uint8Array): void {
    this.#waiting.push(Buffer.from(bytes));
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes <= 2 * WAITING_BYTES) return;
    const last = Buffer.concat(this.#waiting).subarray(-WAITING_BYTES);
    const line = last.indexOf(0x0a);
    this.#waiting = [last.subarray(line < 0 ? 0 : line + 1)];
    this.#waitingBytes = (this.#waiting[0] as Uint8Array).length;
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  /** The lines on the screen, without blanks at their ends and below the last; a line that was wrapped is one line. Nothing once disposed. */
  async text(): Promise<string> {
    const waiting = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    await new Promise<void>((resolve) => {
      this.#terminal.write(waiting, resolve);
    });
    // Whoever looks may have waited until after the end.
    if (this.#disposed) return '';
    const buffer = this.#terminal.buffer.active;
    const lines: string[] = [];
    for (let at = buffer.viewportY; at < buffer.length; at++) {
      // There is one at every place up to its length.
      const line = buffer.getLine(at) as headless.IBufferLine;
      const wraps = buffer.getLine(at + 1)?.isWrapped === true;
      const text = line.translateToString(!wraps);
      if (line.isWrapped) lines.push(`${lines.splice(-1).join('')}${text}`);
      else lines.push(text);
    }
    return lines.join('\n').trimEnd();
  }

  dispose(): void {
    this.#disposed = true;
    this.#terminal.dispose();
  }
}
