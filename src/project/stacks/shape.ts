/** What a project is made with. */
export interface Stack {
  /** As its makers write it: `Express`. */
  readonly name: string;
  /** The file that tells it. */
  readonly manifest: string;
  /** Where it listens unless it is told otherwise. */
  readonly usualPort: number;
  /** What its own scripts tell it. */
  readonly statedPort?: number | undefined;
  /** The command that starts the receiver on a port; undefined where nothing tells it. */
  readonly start: ((port: number) => string) | undefined;
  /** What a job does before it can start the receiver. */
  readonly setUp: SetUp;
  /** It names this tool among its own packages. */
  readonly hasTool?: boolean;
}

export interface SetUp {
  /** The action of GitHub that installs the language, and what it is told; none where runners have it. */
  readonly action?: { readonly uses: string; readonly with: Readonly<Record<string, string>> };
  /** The image of a container that has the language. */
  readonly image: string;
  /** Commands, in order. */
  readonly commands: readonly string[];
}
