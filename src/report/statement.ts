/** What a report says to programs, whichever of their forms it comes in. */
export interface Statement<Item, End> {
  /** What is so from the beginning, without the version. */
  readonly head: { readonly command: string; readonly [member: string]: unknown };
  /** What else the first line says. */
  readonly ready?: object;
  /** Lists that are known from the beginning: members of the document, or a line an item. */
  readonly lists?: Readonly<Record<string, readonly object[]>>;
  /** The list that the records stand in. */
  readonly list: string;
  /** A record in that list; as it is, where this is absent. */
  readonly document?: (item: Item) => object;
  /** A record as a line, where that says more. */
  readonly line?: (item: Item) => object;
  /** A record that is a member of its own rather than one of the list: the member's name. */
  readonly memberOf?: (item: Item) => string | undefined;
  readonly end: (end: End) => Conclusion;
  /** The document is laid out for reading, and written when it is whole. */
  readonly isWhole?: true;
}

/** How a report ends. */
export interface Conclusion {
  /** What it all came to, where it is said. */
  readonly summary?: object | undefined;
  /** What stands beside it: in the document, or in its line. */
  readonly beside?: object;
}
