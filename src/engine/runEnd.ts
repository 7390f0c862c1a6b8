/** Ends the run from inside: what is under way is unwound, then the run is closed with this outcome. */
export class RunEnd extends Error {
  override readonly name = 'RunEnd';
  constructor(
    readonly outcome: 'failed' | 'stopped',
    message: string,
  ) {
    super(message);
  }
}
