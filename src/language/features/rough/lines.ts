/** A line with something on it, or what is left of one behind a `-`. */
export interface Line {
  /** Offset of the first character of the whole line. */
  readonly start: number;
  /** Offset of what stands on it. */
  readonly at: number;
  /** Offset behind its last character, its line break apart. */
  readonly end: number;
  /** Column of what stands on it, from 0. */
  readonly indent: number;
}

/** Lines of a text one after the other; blank ones, comments and marks between documents are passed over. */
export class Lines {
  readonly text: string;
  #next = 0;
  #current: Line | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** The next line that says something; undefined at the end. */
  peek(): Line | undefined {
    return (this.#current ??= this.#find(this.#next));
  }

  /** The line that says something after this one, without going there. */
  after(line: Line): Line | undefined {
    return this.#find(this.#behind(line.end));
  }

  /** Leaves the line that an offset is on. */
  leave(offset: number): void {
    this.#next = this.#behind(this.#endOfLine(Math.max(offset, this.#next)));
    this.#current = undefined;
  }

  /** Goes on within the current line, as if what stands before an offset were blank. */
  within(line: Line, at: number): Line {
    return (this.#current = { ...line, at, indent: at - line.start });
  }

  /** The next line as it is, blank or not, which is left behind; undefined at the end. */
  takeRaw(): Line | undefined {
    if (this.#next >= this.text.length) return undefined;
    const line = this.#line(this.#next);
    this.leave(line.end);
    return line;
  }

  /** The next line as it is, without going there. */
  peekRaw(): Line | undefined {
    return this.#next >= this.text.length ? undefined : this.#line(this.#next);
  }

  /** The line that holds an offset. */
  lineAt(offset: number): Line {
    // A search from before the text looks at its first character all the same.
    return this.#line(offset === 0 ? 0 : this.text.lastIndexOf('\n', offset - 1) + 1);
  }

  #find(from: number): Line | undefined {
    for (let at = from; at < this.text.length;) {
      const line = this.#line(at);
      if (this.#says(line)) return line;
      at = this.#behind(line.end);
    }
    return undefined;
  }

  #line(start: number): Line {
    const end = this.#endOfLine(start);
    let at = start;
    while (at < end && isBlank(this.text.charCodeAt(at))) at++;
    return { start, at, end, indent: at - start };
  }

  #says({ start, at, end }: Line): boolean {
    if (at >= end || this.text[at] === '#') return false;
    return at !== start || !(this.text[at] === '%' || /^(?:---|\.\.\.)\s*$/.test(this.text.slice(at, Math.min(end, at + 5))));
  }

  #endOfLine(offset: number): number {
    const found = this.text.indexOf('\n', offset);
    const end = found < 0 ? this.text.length : found;
    return end > offset && this.text[end - 1] === '\r' ? end - 1 : end;
  }

  #behind(end: number): number {
    let at = end;
    if (this.text[at] === '\r') at++;
    return this.text[at] === '\n' ? at + 1 : Math.max(at, end);
  }
}

/** A blank or a tab. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
