import { ChangedFile, Commit } from '../world/model';
import { changedFile } from './changedFile';
import { objectName, Tree, writeCommit, writeTrees } from './gitObjects';

/** What a commit does to files: new text, or undefined to remove one. */
export type Edits = Record<string, string | undefined>;

/**
 * The history of one repository. Commits have the names that git would give
 * them, and everything needed to write them down as git's objects.
 */
export class GitHistory {
  readonly commits: Map<string, Commit>;
  readonly branches = new Map<string, string>();
  readonly #trees = new Map<string, Tree>();
  readonly #texts = new Map<string, string>();

  private constructor(commits: Map<string, Commit>) {
    this.commits = commits;
  }

  /** @param commits - filled as the history grows */
  static create(commits: Map<string, Commit>): GitHistory {
    return new GitHistory(commits);
  }

  /** Commits on a branch, which starts at `from` where it is new. */
  commit(options: {
    branch: string;
    from?: string;
    author: Commit['author'];
    at: number;
    message: string;
    edits: Edits;
  }): Commit {
    const { branch, author, at, message, edits } = options;
    const parent = this.branches.get(branch) ?? options.from;
    const before: Tree = (parent && this.#trees.get(parent)) || new Map();
    const tree = new Map(before);
    const files: ChangedFile[] = [];
    for (const [path, text] of Object.entries(edits)) {
      const old = before.get(path);
      const oldText = old === undefined ? undefined : this.#texts.get(old);
      if (oldText === text) {
        continue;
      }
      files.push(changedFile(path, oldText, text));
      if (text === undefined) {
        tree.delete(path);
        continue;
      }
      const blob = objectName('blob', Buffer.from(text));
      this.#texts.set(blob, text);
      tree.set(path, blob);
    }
    const parents = parent ? [parent] : [];
    // To the second, as git keeps time.
    const time = Math.floor(at / 1000) * 1000;
    const { name } = writeTrees(tree);
    const content = writeCommit({ tree: name, parents, author, at, message });
    const sha = objectName('commit', content);
    const commit = { sha, parents, message, author, at: time, files };
    this.commits.set(sha, commit);
    this.#trees.set(sha, tree);
    this.branches.set(branch, sha);
    return commit;
  }

  tip(branch: string): string | undefined {
    return this.branches.get(branch);
  }

  /** The files of a commit with the names of their blobs. */
  tree(sha: string): Tree | undefined {
    return this.#trees.get(sha);
  }

  /** The text of a file in a commit. */
  text(sha: string, path: string): string | undefined {
    const blob = this.#trees.get(sha)?.get(path);
    return blob === undefined ? undefined : this.#texts.get(blob);
  }

  /** All objects, as `git fsck` would want them: name, type and content. */
  *objects(): Generator<{ name: string; type: string; content: Buffer }> {
    for (const [name, text] of this.#texts) {
      yield { name, type: 'blob', content: Buffer.from(text) };
    }
    for (const commit of this.commits.values()) {
      const { name: tree, objects } = writeTrees(this.#trees.get(commit.sha)!);
      for (const [name, content] of objects) {
        yield { name, type: 'tree', content };
      }
      const content = writeCommit({ ...commit, tree });
      yield { name: commit.sha, type: 'commit', content };
    }
  }
}
