import type { Examples } from './examples.js';

/** One thing the product must be able to express, check and run, with the part of an example that shows it. */
export interface CapabilityRow {
  /** Number in the table, 1 to 109. */
  readonly row: number;
  /** What must be expressible, in a few words. */
  readonly capability: string;
  /** The words of the language that express it. */
  readonly construct: string;
  /** `folder/file#step_id`, or a key of the file or of the step: `sps/sps.runbook.yaml#reboot.irreversible`. */
  readonly node: string;
  /**
   * Rejects unless the node does what the row says. It must reject when the node is taken out.
   * Every `assert.ok` in it has a message: without one Node reads the source file for it, which can take minutes.
   */
  check(examples: Examples): Promise<void>;
}
