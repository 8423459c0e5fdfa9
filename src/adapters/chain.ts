/** The place of a member in its chain. What has left it holds nothing of the chain any more. */
export interface Link<Member> {
  readonly member: Member;
  before: Link<Member> | undefined;
  after: Link<Member> | undefined;
}

/**
 * Members in the order in which they joined, any of which may leave. V8 links the tables of a Map that is
 * filled and emptied over and over: a table that has grown old keeps all later ones, with what was in
 * them, until a major collection. At ten thousand members a second that is most of what collections do.
 */
export class Chain<Member> {
  #first: Link<Member> | undefined;
  #last: Link<Member> | undefined;

  get first(): Link<Member> | undefined {
    return this.#first;
  }

  add(member: Member): Link<Member> {
    const link: Link<Member> = { member, before: this.#last, after: undefined };
    if (this.#last === undefined) this.#first = link;
    else this.#last.after = link;
    this.#last = link;
    return link;
  }

  /** A member that has left already may be removed again. */
  remove(link: Link<Member>): void {
    const { before, after } = link;
    if (before === undefined && this.#first !== link) return;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    link.before = undefined;
    link.after = undefined;
  }
}
