import { Readable } from 'stream';

/** A file in an archive; folders are told by a `/` at the end of their name. */
export type ArchiveEntry = {
  name: string;
  /** Bytes, unpacked. */
  size: number;
};

/** A downloaded archive of logs, whatever its format. Nothing is held. */
export interface ArchiveFile {
  /** Goes through all entries in their order; `read` must drain the stream. */
  forEach(
    read: (entry: ArchiveEntry, content: Readable) => Promise<void>,
  ): Promise<void>;

  /** Opens one file. Rejects when it is not in the archive. */
  open(name: string): Promise<Readable>;
}
