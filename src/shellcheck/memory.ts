import type { ShellScript } from '../language/index.js';
import { preludeOf } from './ask.js';
import type { Answer } from './ask.js';

/** Scripts whose answers are kept; the one not asked about for the longest time is forgotten first. */
const MOST = 2000;

/** What ShellCheck has said of scripts, by their text: a script that has only moved need not be asked about again. */
export class ScriptMemory {
  readonly #answers = new Map<string, Answer>();

  get(script: ShellScript): Answer | undefined {
    const key = keyOf(script);
    const answer = this.#answers.get(key);
    if (answer !== undefined) this.#keep(key, answer);
    return answer;
  }

  set(script: ShellScript, answer: Answer): void {
    this.#keep(keyOf(script), answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= MOST) return;
      this.#answers.delete(oldest);
    }
  }

  #keep(key: string, answer: Answer): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
  }
}

function keyOf(script: ShellScript): string {
  return preludeOf(script) + script.text;
}
