/** Something is in the way that the operator can clear: what it is, and what to do next. Shown as it stands, without a stack. */
export class HumanError extends Error {
  override readonly name = 'HumanError';
  constructor(
    message: string,
    /** What the operator can do. */
    readonly next: string,
  ) {
    super(message);
  }
}
