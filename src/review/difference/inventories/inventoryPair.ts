import type { Inventory, ParsedInventory } from '../../../language/index.js';
import type { Danger } from '../change.js';
import type { ChangeKind } from '../kinds.js';
import type { Recorder, Spot } from '../recorder.js';

/** One environment before and after. */
export class InventoryPair {
  constructor(
    readonly oldDocument: ParsedInventory,
    readonly old: Inventory,
    readonly nowDocument: ParsedInventory,
    readonly now: Inventory,
    readonly recorder: Recorder,
  ) {}

  /**
   * Tells of a member of two mappings, or, with numbers, of items of two lists. Where it is gone, the new text has `nearest` for its place, else the mapping
   * itself.
   */
  tell(
    kind: ChangeKind,
    what: string,
    old: { readonly in: object | undefined; readonly key: string | number },
    now: { readonly in: object | undefined; readonly key: string | number },
    told: { readonly danger?: Danger; readonly nearest?: Spot; readonly about?: string } = {},
  ): void {
    const [was, is] = [spotOf(this.oldDocument, old), spotOf(this.nowDocument, now)];
    const nearest = told.nearest ?? { document: this.nowDocument, container: now.in ?? this.now };
    this.recorder.add(kind, what, {
      ...(was === undefined ? {} : { old: was }),
      now: is ?? nearest,
      about: told.about ?? String(typeof now.key === 'string' ? now.key : old.key),
      ...(told.danger === undefined ? {} : { danger: told.danger }),
    });
  }

  /** A key of the inventory itself. */
  tellTop(kind: ChangeKind, what: string, key: keyof Inventory, danger?: Danger): void {
    this.tell(kind, what, { in: this.old, key }, { in: this.now, key }, danger === undefined ? {} : { danger });
  }
}

function spotOf(
  document: ParsedInventory,
  { in: container, key }: { readonly in: object | undefined; readonly key: string | number },
): Spot | undefined {
  return container !== undefined && Object.hasOwn(container, key) ? { document, container, key } : undefined;
}
