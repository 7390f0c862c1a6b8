import { setTimeout as sleep } from 'node:timers/promises';
import type { Exec, ExecChannel, ExecRequest } from '../exec.js';
import { newNonce } from '../marker.js';
import { plainLine, speak } from '../speak.js';
import type { Spoken } from '../speak.js';
import { TransportError } from '../transport.js';
import type { AttemptEvidence, AttemptName, Command, CommandEnd, CommandIo, RunningCommand } from '../transport.js';
import { cancelProcesses } from './cancel.js';
import { attachProgram, collectProgram, evidenceOf } from './evidence.js';
import type { ProcessKey } from './processes.js';
import { actProgram, BOOTSTRAP, payload, probeProgram, storeProgram, terminalBootstrap } from './wrapper.js';
import type { EvidencePlace } from './wrapper.js';

/** How long the channel of a cancelled command may stay open when nothing of it is left to see. */
const AFTER_CANCEL_MS = 2000;
const NO_OUTPUT: CommandIo = { stdout: () => undefined, stderr: () => undefined };
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Commands and evidence on a POSIX host, over whatever starts a command line there. */
export class PosixSession {
  constructor(
    private readonly exec: Exec,
    private readonly place: EvidencePlace,
  ) {}

  /** See `Connection.start`. */
  async start(command: Command, io: CommandIo): Promise<RunningCommand> {
    refuseUncarriable(command);
    const nonce = newNonce();
    if (command.terminal !== undefined) return this.#startInTerminal(command, command.terminal, nonce, io);
    const program = command.attempt === undefined ? probeProgram(command, nonce) : actProgram(command, command.attempt, this.place, nonce);
    return this.#begin({ commandLine: BOOTSTRAP }, program, nonce, io, command.become);
  }

  /** See `Connection.collect`. */
  async collect(attempt: AttemptName): Promise<AttemptEvidence> {
    const nonce = newNonce();
    const words = await this.#ask(collectProgram(attempt, this.place, nonce), nonce);
    return evidenceOf(words) ?? this.#cannotLook(words);
  }

  /** See `Connection.attach`. */
  async attach(attempt: AttemptName): Promise<RunningCommand> {
    const nonce = newNonce();
    let verdict = '';
    const listen = { stdout: (bytes: Uint8Array) => void (verdict += Buffer.from(bytes).toString('utf8')), stderr: () => undefined };
    const { channel, words } = await this.#speak({ commandLine: BOOTSTRAP }, attachProgram(attempt, this.place, nonce), nonce, listen);
    const evidence = words === undefined ? undefined : evidenceOf(words);
    if (evidence === undefined) return this.#cannotLook(words ?? []);
    if (evidence.kind !== 'running') return ended(endOf(evidence));
    const finished = channel.ended.then((end): CommandEnd => {
      if (end.kind === 'lost') return end;
      return endOf(evidenceOf(verdict.trim().split(' ')));
    });
    return this.#running(channel, finished, { pid: evidence.pid, started: words?.[2] ?? '' });
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
    if (end.kind === 'lost') throw new TransportError('connection_lost', `the connection to ${this.exec.host} broke: ${end.message}`);
    throw new TransportError('transfer', `${this.exec.host} could not look: ${Buffer.concat(errors).toString('utf8').trim()}`);
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
    return this.#begin({ commandLine: terminalBootstrap(this.place, command.attempt), terminal }, undefined, nonce, io, command.become);
  }

  async #begin(
    request: ExecRequest,
    program: string | undefined,
    nonce: string,
    io: CommandIo,
    become: Command['become'] | undefined,
  ): Promise<RunningCommand> {
    const { channel, words, said } = await this.#speak(request, program, nonce, io);
    if (words === undefined) {
      const end = await channel.ended;
      if (end.kind === 'lost') return ended(end);
      throw this.#mute(said);
    }
    if (words[0] !== 'started') throw this.#refusal(words);
    return this.#running(
      channel,
      channel.ended,
      { pid: Number(words[1]), started: words[2] ?? '' },
      become,
      request.terminal !== undefined,
    );
  }

  #running(
    channel: ExecChannel,
    finished: Promise<CommandEnd>,
    root: ProcessKey,
    become?: Command['become'],
    typed = false,
  ): RunningCommand {
    let over = false;
    void finished.then(() => (over = true));
    return {
      ended: finished,
      write: (data) => {
        if (!over && typed) channel.write(data);
      },
      resize: (columns, rows) => {
        if (!over) channel.resize(columns, rows);
      },
      cancel: async (graceMs) => {
        const survivors = await cancelProcesses(root, graceMs, (script, args, as) => this.text(script, args, as), become);
        // A survivor, or a process that was never ours, may hold the channel open for ever.
        await Promise.race([finished, sleep(AFTER_CANCEL_MS, undefined, { ref: false })]);
        channel.close();
        return survivors;
      },
    };
  }

  #speak(request: ExecRequest, program: string | undefined, nonce: string, io: CommandIo): Promise<Spoken> {
    return speak(this.exec, request, program === undefined ? undefined : payload(program), nonce, io);
  }

  async #ask(program: string, nonce: string): Promise<readonly string[]> {
    const { channel, words, said } = await this.#speak({ commandLine: BOOTSTRAP }, program, nonce, NO_OUTPUT);
    const end = await channel.ended;
    if (words !== undefined) return words;
    if (end.kind === 'lost') throw new TransportError('connection_lost', `the connection to ${this.exec.host} broke: ${end.message}`);
    throw this.#mute(said);
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
      'Log in by hand and see that the shell starts, and finds `sh` and `head`.',
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

/** A command that was over when it was looked at. */
function ended(end: CommandEnd): RunningCommand {
  return { ended: Promise.resolve(end), write: () => undefined, resize: () => undefined, cancel: () => Promise.resolve([]) };
}

function endOf(evidence: AttemptEvidence | undefined): CommandEnd {
  if (evidence?.kind === 'finished') return { kind: 'exited', code: evidence.code };
  return {
    kind: 'lost',
    message: evidence?.kind === 'gone' && evidence.why === 'rebooted' ? 'the host was rebooted' : 'it left no exit code',
  };
}
