/** A description of an element. Text is always text: there is no way to put markup in. */
export interface ElementNode {
  readonly tag: string;
  readonly key: string | undefined;
  readonly attributes: Readonly<Record<string, string | true>>;
  readonly listeners: Readonly<Record<string, (event: Event) => void>>;
  readonly children: readonly ViewNode[];
}

/** An element that is made once for its key and then left alone, so that what a person types in it stays. */
export interface IslandNode {
  readonly key: string;
  readonly make: () => HTMLElement;
}

export type ViewNode = ElementNode | IslandNode | string;
export type Child = ViewNode | undefined | false;

interface Properties {
  readonly key?: string;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  readonly [attribute: string]: string | boolean | undefined | Readonly<Record<string, (event: Event) => void>>;
}

/** Describes an element. Attributes that are `false` or undefined are left out. */
export function h(tag: string, properties: Properties = {}, ...children: readonly (Child | readonly Child[])[]): ElementNode {
  const { key, on, ...rest } = properties;
  const attributes: Record<string, string | true> = {};
  for (const [name, value] of Object.entries(rest)) if (typeof value === 'string' || value === true) attributes[name] = value;
  return {
    tag,
    key,
    attributes,
    listeners: on ?? {},
    children: children.flat().filter((child): child is ViewNode => child !== undefined && child !== false),
  };
}

/** Describes an {@link IslandNode}. */
export function island(key: string, make: () => HTMLElement): IslandNode {
  return { key, make };
}
