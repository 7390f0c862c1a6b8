import { setTimeout as sleep } from 'node:timers/promises';
import type { Exec, ExecChannel, ExecRequest } from '../exec.js';
import { newNonce } from '../marker.js';
import { plainLine, speak } from '../speak.js';
import type { Spoken } from '../speak.js';
import { FROM_THE_BEGINNING, TransportError, UnfitHost } from '../transport.js';
import type { AttemptEvidence, AttemptName, Command, CommandEnd, CommandIo, OutputPosition, RunningCommand } from '../transport.js';
import { cancelProcesses } from './cancel.js';
import { detachedProgram, readyProgram } from './detached.js';
import { attachProgram, collectProgram, evidenceOf } from './evidence.js';
import { preflightProgram } from './preflight.js';
import { markOf } from './processes.js';
import type { ProcessKey } from './processes.js';
import { ReadyShell } from './readyShell.js';
import { Shown } from './shown.js';
import {
  actProgram,
  attemptDirectory,
  BOOTSTRAP,
  OWN_SESSION,
  payload,
  probeProgram,
  SESSION_BOOTSTRAP,
  storeProgram,
  terminalBootstrap,
} from './wrapper.js';
import type { EvidencePlace } from './wrapper.js';

/** How long the channel of a cancelled command may stay open when nothing of it is left to see. */
const AFTER_CANCEL_MS = 2000;
const NO_OUTPUT: CommandIo = { stdout: () => undefined, stderr: () => undefined };
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Commands and evidence on a POSIX host, over whatever starts a command line there. */
export class PosixSession {
  /** The server starts commands in a session of its own. */
  #crowded = false;
  /** Wait for the next act. */
  #resting: readonly ReadyShell[] = [];
  /** Their act is over, and what it has printed waits to be released. */
  readonly #holding = new Set<ReadyShell>();

  constructor(
    private readonly exec: Exec,
    private readonly place: EvidencePlace,
    /** Makes the directory of an attempt, where that is not left to its program; false when it was there before. */
    private readonly makeAhead?: (directory: string) => Promise<boolean>,
  ) {}

  /** See `Connection.start`. */
  async start(command: Command, io: CommandIo): Promise<RunningCommand> {
    refuseUncarriable(command);
    const nonce = newNonce();
    if (
      command.attempt !== undefined &&
      this.makeAhead !== undefined &&
      !(await this.makeAhead(attemptDirectory(this.place, command.attempt)))
    )
      throw this.#refusal(['refused', 'exists']);
    if (command.terminal !== undefined) return this.#startInTerminal(command, command.terminal, nonce, io);
    if (command.attempt !== undefined && this.place.detached) return this.#startDetached(command, command.attempt, io);
    const program = command.attempt === undefined ? probeProgram(command, nonce) : actProgram(command, command.attempt, this.place, nonce);
    return this.#begin({ commandLine: BOOTSTRAP }, program, nonce, io, command);
  }

  /** See `Connection.collect`. */
  async collect(attempt: AttemptName): Promise<AttemptEvidence> {
    const nonce = newNonce();
    const words = await this.#ask(collectProgram(attempt, this.place, nonce), nonce);
    return evidenceOf(words) ?? this.#cannotLook(words);
  }

  /** See `Connection.attach`. */
  async attach(attempt: AttemptName, io: CommandIo, from: OutputPosition): Promise<RunningCommand> {
    const nonce = newNonce();
    const shown = new Shown(nonce, io, from);
    const { channel, words } = await this.#speak(
      { commandLine: BOOTSTRAP },
      attachProgram(attempt, this.place, nonce, from),
      nonce,
      shown.io,
    );
    if (words?.[0] !== 'following') return this.#cannotLook(words ?? []);
    shown.follow(channel);
    return this.#running(
      channel,
      shown.ended,
      { pid: Number(words[1]), started: words[2] ?? '' },
      {
        attempt,
        position: () => shown.position,
        release: () => {
          this.#release(shown, attempt);
        },
      },
    );
  }

  /** See `Connection.preflight`. */
  async preflight(): Promise<string | undefined> {
    const nonce = newNonce();
    const { channel, words, said } = await this.#speak({ commandLine: BOOTSTRAP }, preflightProgram(this.place, nonce), nonce, NO_OUTPUT);
    const end = await channel.ended;
    if (words?.[0] === 'fit') return words[1];
    if (words === undefined && end.kind === 'lost') throw this.#broken(end.message);
    const why =
      words === undefined
        ? `its login shell does not start \`sh\` for us${said === '' ? '' : `, but says: ${said}`}`
        : plainLine(words.slice(1).join(' '));
    throw new UnfitHost(
      'not_started',
      `${this.exec.host} cannot carry out the steps: ${why}`,
      'Mend this on the host, then start again; nothing was done there.',
    );
  }

  /** Boot id of the host, or undefined where it has none. */
  async bootId(): Promise<string | undefined> {
    const text = await this.text(
      'cat /proc/sys/kernel/random/boot_id 2>/dev/null || sysctl -n kern.bootsessionuuid 2>/dev/null || who -b 2>/dev/null || :',
      [],
    );
    const id = text.trim().replaceAll(/\s+/g, ' ');
    return id === '' ? undefined : id;
  }

  /** What a script of ours prints. Rejects with a TransportError when it fails. */
  async text(script: string, args: readonly string[], become?: Command['become']): Promise<string> {
    const out: Uint8Array[] = [];
    const errors: Uint8Array[] = [];
    const command: Command = { script, shell: 'sh', args, env: { LC_ALL: 'C' }, ...(become === undefined ? {} : { become }) };
    const running = await this.start(command, { stdout: (bytes) => void out.push(bytes), stderr: (bytes) => void errors.push(bytes) });
    const end = await running.ended;
    if (end.kind === 'exited' && end.code === 0) return Buffer.concat(out).toString('utf8');
    if (end.kind === 'lost') throw this.#broken(end.message);
    throw new TransportError('transfer', `${this.exec.host} could not look: ${Buffer.concat(errors).toString('utf8').trim()}`);
  }

  async #startDetached(command: Command, attempt: AttemptName, io: CommandIo): Promise<RunningCommand> {
    const waiting = this.#resting.findLast((shell) => shell.waits);
    waiting?.wake();
    this.#resting = this.#resting.filter((shell) => shell !== waiting);
    const shell = waiting ?? (await this.#openShell());
    const shown = new Shown(shell.next, io, FROM_THE_BEGINNING);
    this.exec.assertMayAct();
    const { channel, words, said } = await shell.tell(detachedProgram(command, attempt, this.place, shell.nonce), shown.io);
    // One that has started others before may have ended of itself: only the evidence can tell.
    if (words === undefined && waiting !== undefined) return ended({ kind: 'lost', message: 'no word came from it' }, FROM_THE_BEGINNING);
    if (words === undefined) return this.#unheard(channel, said, FROM_THE_BEGINNING);
    if (words[0] !== 'started') {
      shell.close();
      throw this.#refusal(words);
    }
    shown.follow(channel);
    let cancelled = false;
    void shown.ended.then(() => this.#holding.add(shell));
    const root = { pid: Number(words[1]), started: words[2] ?? '' };
    return this.#running(channel, shown.ended, root, {
      position: () => shown.position,
      follower: Number(words[3]),
      attempt,
      become: command.become,
      cancelling: () => (cancelled = true),
      release: () => {
        this.#holding.delete(shell);
        this.#release(shown, attempt);
        if (shown.again && shell.waits && !cancelled) this.#rest(shell);
      },
    });
  }

  /** Closes the shells that only wait, the host keeps what their acts have printed: something else needs their room there. */
  giveRoom(): void {
    for (const shell of [...this.#resting, ...this.#holding]) shell.close();
    this.#resting = [];
    this.#holding.clear();
  }

  #release(shown: Shown, attempt: AttemptName): void {
    if (!shown.release()) void this.#clear(attempt);
  }

  #rest(shell: ReadyShell): void {
    shell.rest();
    this.#resting = [...this.#resting.filter((other) => other.waits), shell];
  }

  /** A shell that waits for a program. Rejects with a TransportError when the host does not give one. */
  async #openShell(): Promise<ReadyShell> {
    const shell = new ReadyShell();
    const spoken = await this.#speak({ commandLine: BOOTSTRAP }, readyProgram(this.place, shell.nonce), shell.nonce, shell.io);
    shell.began(spoken);
    if (shell.waits) return shell;
    if (spoken.words !== undefined) throw this.#refusal(spoken.words);
    const end = await spoken.channel.ended;
    throw end.kind === 'lost' ? this.#broken(end.message) : this.#mute(spoken.said);
  }

  async #startInTerminal(
    command: Command,
    terminal: { columns: number; rows: number },
    nonce: string,
    io: CommandIo,
  ): Promise<RunningCommand> {
    if (command.attempt === undefined) throw new Error('internal error: a terminal is for acts only');
    const stored = newNonce();
    const words = await this.#ask(storeProgram(command, command.attempt, this.place, { stored, started: nonce }), stored);
    if (words[0] !== 'stored') throw this.#refusal(words);
    return this.#begin({ commandLine: terminalBootstrap(this.place, command.attempt), terminal }, undefined, nonce, io, command);
  }

  async #begin(
    request: ExecRequest,
    program: string | undefined,
    nonce: string,
    io: CommandIo,
    { become, attempt }: Command,
  ): Promise<RunningCommand> {
    const { channel, words, said } = await this.#speak(request, program, nonce, io);
    if (words === undefined) return this.#unheard(channel, said, undefined);
    if (words[0] !== 'started') throw this.#refusal(words);
    const root = { pid: Number(words[1]), started: words[2] ?? '' };
    return this.#running(channel, channel.ended, root, { attempt, become, typed: request.terminal !== undefined });
  }

  /** The program has not said a word: the host does not let it, unless the connection broke. */
  async #unheard(channel: ExecChannel, said: string, position: OutputPosition | undefined): Promise<RunningCommand> {
    const end = await channel.ended;
    if (end.kind === 'lost') return ended(end, position);
    throw this.#mute(said);
  }

  #running(channel: ExecChannel, finished: Promise<CommandEnd>, root: ProcessKey, more: Following): RunningCommand {
    let over = false;
    void finished.then(() => (over = true));
    return {
      ended: finished,
      position: () => more.position?.(),
      ...(more.release === undefined ? {} : { release: more.release }),
      write: (data) => {
        if (!over && more.typed === true) channel.write(data);
      },
      resize: (columns, rows) => {
        if (!over) channel.resize(columns, rows);
      },
      cancel: async (graceMs) => {
        more.cancelling?.();
        const survivors = await cancelProcesses(
          { ...root, follower: more.follower, ...(more.attempt === undefined ? {} : { mark: markOf(more.attempt) }) },
          graceMs,
          (script, args, as) => this.text(script, args, as),
          more.become,
        );
        // A survivor, or a process that was never ours, may hold the channel open for ever.
        await Promise.race([finished, sleep(AFTER_CANCEL_MS, undefined, { ref: false })]);
        channel.close();
        if (survivors.length === 0 && more.follower !== undefined && more.attempt !== undefined) await this.#clear(more.attempt);
        return survivors;
      },
    };
  }

  /** Takes what an act has printed from the host: whoever was to do that may have been ended too, and nobody comes back for it. */
  async #clear(attempt: AttemptName): Promise<void> {
    const script = `${this.place.enter} 2>/dev/null && cd ${attemptDirectory(this.place, attempt)} && rm -f o.* e.*`;
    // A host that cannot be reached any more keeps it; docs/ssh.md says how to remove that.
    await this.text(script, []).catch(() => undefined);
  }

  async #speak(request: ExecRequest, program: string | undefined, nonce: string, io: CommandIo): Promise<Spoken> {
    if (program === undefined) return speak(this.exec, request, undefined, nonce, io);
    const alone = { ...request, commandLine: SESSION_BOOTSTRAP };
    if (!this.#crowded) {
      const spoken = await speak(this.exec, request, payload(program), nonce, io);
      if (spoken.words?.[0] !== 'crowded') return spoken;
      this.#crowded = true;
    }
    return speak(this.exec, alone, payload(program.replace(OWN_SESSION, '')), nonce, io);
  }

  async #ask(program: string, nonce: string): Promise<readonly string[]> {
    const { channel, words, said } = await this.#speak({ commandLine: BOOTSTRAP }, program, nonce, NO_OUTPUT);
    const end = await channel.ended;
    if (words !== undefined) return words;
    if (end.kind === 'lost') throw this.#broken(end.message);
    throw this.#mute(said);
  }

  #broken(message: string): TransportError {
    return new TransportError('connection_lost', `the connection to ${this.exec.host} broke: ${message}`);
  }

  #refusal(words: readonly string[]): TransportError {
    const why = plainLine(words.slice(1).join(' '));
    if (why === 'exists')
      return new TransportError(
        'not_started',
        `this attempt has been started on ${this.exec.host} before`,
        'Ask the host what became of it; it is never started twice.',
      );
    return new TransportError(
      'not_started',
      `${this.exec.host} could not keep the evidence of the attempt: ${why}`,
      'Look at the free space and the rights of the home directory there.',
    );
  }

  #mute(said: string): TransportError {
    return new TransportError(
      'not_started',
      `the login shell of ${this.exec.host} ended before the command could begin${said === '' ? '' : `: ${said}`}`,
      'Log in by hand and see that the shell starts, and finds `sh`.',
    );
  }

  #cannotLook(words: readonly string[]): never {
    throw new TransportError(
      'connection_lost',
      `${this.exec.host} cannot tell what became of the attempt: ${plainLine(words.slice(1).join(' '))}`,
    );
  }
}

function refuseUncarriable(command: Command): void {
  if (command.shell === 'powershell')
    throw new TransportError('not_started', 'PowerShell scripts run on Windows hosts only', 'Give the step a script for this platform.');
  const bad = Object.keys(command.env).find((name) => !ENV_NAME.test(name));
  if (bad !== undefined) throw new TransportError('not_started', `"${plainLine(bad)}" cannot be the name of an environment variable`);
  const values = [
    command.script,
    command.workdir ?? '',
    command.become?.user ?? '',
    command.become?.password ?? '',
    ...command.args,
    ...Object.values(command.env),
  ];
  if (values.some((value) => value.includes('\0')))
    throw new TransportError('not_started', 'a value holds a NUL character, which no program can be given');
}

/** What is known of a command besides its first process. */
interface Following {
  readonly attempt?: AttemptName | undefined;
  readonly position?: () => OutputPosition;
  readonly release?: () => void;
  /** The process that shows its output: it is no part of the command, though it belongs to its group. */
  readonly follower?: number;
  readonly become?: Command['become'] | undefined;
  /** Called when it is about to be cancelled. */
  readonly cancelling?: () => void;
  /** Whether it has a terminal to type into. */
  readonly typed?: boolean;
}

/** A command whose connection broke before it was heard of. */
function ended(end: CommandEnd, position: OutputPosition | undefined): RunningCommand {
  return {
    ended: Promise.resolve(end),
    position: () => position,
    write: () => undefined,
    resize: () => undefined,
    cancel: () => Promise.resolve([]),
  };
}
