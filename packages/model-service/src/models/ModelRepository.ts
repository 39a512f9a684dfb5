import { readdir, stat } from 'fs/promises';
import { join } from 'path';
import { LoadedModel } from './LoadedModel';

const NAME = /^[A-Za-z0-9][\w.-]{0,100}$/;
const VERSION = /^[0-9]{1,10}$/;

/**
 * A version of a model as the folder has it.
 *
 * @public
 */
export type ModelState = {
  name: string;
  version: string;
  model?: LoadedModel;
  /** Why it cannot be used. */
  error?: string;
};

type Entry = ModelState & { folder: string; mark: string };

/** Changes whenever one of the files was replaced. */
async function markOf(folder: string): Promise<string> {
  const files = await Promise.all(
    ['model.onnx', 'model.json'].map(file => stat(join(folder, file))),
  );
  return files.map(({ mtimeMs, size }) => `${mtimeMs}:${size}`).join(' ');
}

async function foldersIn(folder: string, names: RegExp): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory() && names.test(entry.name))
    .map(({ name }) => name);
}

/**
 * The models of a folder, `<name>/<version>/model.onnx`. What is put there or
 * replaced is used at the next refresh; what cannot be read is not, and the
 * version that was there goes on.
 *
 * @public
 */
export class ModelRepository {
  readonly #folder: string;
  readonly #retire?: (model: LoadedModel) => Promise<void>;
  #entries = new Map<string, Entry>();
  #refreshing?: Promise<void>;

  private constructor(
    folder: string,
    retire?: (model: LoadedModel) => Promise<void>,
  ) {
    this.#folder = folder;
    this.#retire = retire;
  }

  /**
   * Reads the folder once.
   *
   * @param retire - awaited before the memory of a model that is no longer offered is given back
   */
  static async open(
    folder: string,
    retire?: (model: LoadedModel) => Promise<void>,
  ): Promise<ModelRepository> {
    const repository = new ModelRepository(folder, retire);
    await repository.refresh();
    return repository;
  }

  /** All versions, the newest of each model first. */
  list(): ModelState[] {
    return [...this.#entries.values()]
      .sort(
        (left, right) =>
          left.name.localeCompare(right.name) ||
          Number(right.version) - Number(left.version),
      )
      .map(({ name, version, model, error }) => ({
        ...{ name, version, model, error },
      }));
  }

  /** A version of a model; the newest usable one where none is named. */
  find(name: string, version?: string): LoadedModel | undefined {
    return this.list().find(
      one =>
        one.name === name &&
        one.model &&
        (version === undefined || one.version === version),
    )?.model;
  }

  /** Looks what changed in the folder. Calls that come meanwhile wait for the same look. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Gives all memory back. */
  async close(): Promise<void> {
    await this.#refreshing;
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(({ model }) => model?.release()));
  }

  async #refresh(): Promise<void> {
    const entries = new Map<string, Entry>();
    for (const name of await foldersIn(this.#folder, NAME)) {
      const versions = await foldersIn(join(this.#folder, name), VERSION);
      for (const version of versions) {
        const folder = join(this.#folder, name, version);
        const key = `${name}/${version}`;
        entries.set(
          key,
          await this.#load({ name, version, folder }, this.#entries.get(key)),
        );
      }
    }
    const before = this.#entries;
    this.#entries = entries;
    const kept = new Set([...entries.values()].map(({ model }) => model));
    for (const { model } of before.values()) {
      if (model && !kept.has(model)) {
        await this.#retire?.(model);
        await model.release();
      }
    }
  }

  async #load(
    at: { name: string; version: string; folder: string },
    before?: Entry,
  ): Promise<Entry> {
    let mark = '';
    try {
      mark = await markOf(at.folder);
      if (before && before.mark === mark) {
        return before;
      }
      return { ...at, mark, model: await LoadedModel.load(at) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ...at, mark, model: before?.model, error: reason };
    }
  }
}
