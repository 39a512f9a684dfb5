/** Takes in a package at a version. */
export type AddPackage = (name: string, version: string) => void;

/** Reads one format, piece by piece. */
export interface FormatReader {
  write(text: string): void;
  end(): void;
}

/** How a format is read. */
export type Format = (add: AddPackage) => FormatReader;
