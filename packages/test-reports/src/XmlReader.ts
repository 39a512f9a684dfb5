import { SaxesParser } from 'saxes';
import { TestReportError } from './TestReportError';

/** What a format does with the elements of its documents. Names come without their namespace prefix. */
export interface XmlHandler {
  open(name: string, attributes: Record<string, string>, depth: number): void;
  text(text: string): void;
  close(name: string): void;
}

const MAX_DEPTH = 200;
const HEAD_BYTES = 256;
/** The parser keeps a text or a tag until it ends. */
const PIECE_LENGTH = 32 * 1024 ** 2;

/**
 * Reads XML piece by piece in the encoding that it declares. Documents with entities of their own are refused: they are
 * how a small file becomes an enormous one, or reads other files.
 */
export class XmlReader {
  readonly #parser = new SaxesParser({ position: true });
  #decoder?: TextDecoder;
  #head: Uint8Array = new Uint8Array();
  #depth = 0;
  /** Characters since something ended. */
  #pieceLength = 0;
  #sawElement = false;

  constructor(handler: XmlHandler) {
    const parser = this.#parser;
    parser.on('doctype', doctype => {
      if (/<!ENTITY|\[/i.test(doctype)) {
        this.#fail('it declares entities of its own');
      }
    });
    parser.on('opentag', ({ name, attributes }) => {
      this.#sawElement = true;
      this.#pieceLength = 0;
      if (++this.#depth > MAX_DEPTH) {
        this.#fail(`its elements are nested deeper than ${MAX_DEPTH}`);
      }
      handler.open(localName(name), attributes as any, this.#depth);
    });
    parser.on('closetag', ({ name }) => {
      this.#depth--;
      this.#pieceLength = 0;
      handler.close(localName(name));
    });
    parser.on('text', text => handler.text(text));
    parser.on('cdata', text => handler.text(text));
    parser.on('error', ({ message }) => {
      // Output of programs has control characters; reports are full of it.
      if (!/disallowed character|malformed character entity/.test(message)) {
        throw new TestReportError(`The report is malformed XML: ${message}`);
      }
    });
  }

  write(chunk: Uint8Array): void {
    if (this.#decoder) {
      this.#parse(this.#decoder.decode(chunk, { stream: true }));
      return;
    }
    const head = new Uint8Array(this.#head.length + chunk.length);
    head.set(this.#head);
    head.set(chunk, this.#head.length);
    this.#head = head;
    if (head.length >= HEAD_BYTES) {
      this.#start();
    }
  }

  end(): void {
    if (!this.#decoder) {
      this.#start();
    }
    this.#parse(this.#decoder!.decode());
    if (!this.#sawElement && this.#head.length === 0) {
      throw new TestReportError('The report is empty');
    }
    this.#parser.close();
  }

  #start() {
    this.#decoder = new TextDecoder(encodingOf(this.#head));
    const text = this.#decoder.decode(this.#head, { stream: true });
    // Some writers begin with blank lines, which XML does not allow.
    this.#parse(text.trimStart());
  }

  #parse(text: string) {
    if (text.includes('\0')) {
      this.#fail('it has NUL in it');
    }
    this.#pieceLength += text.length;
    this.#parser.write(text);
    if (this.#pieceLength > PIECE_LENGTH + text.length) {
      this.#fail(`one of its texts is longer than ${PIECE_LENGTH} characters`);
    }
  }

  #fail(reason: string): never {
    throw new TestReportError(
      `The report is refused: ${reason} (line ${this.#parser.line})`,
    );
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xfe && head[1] === 0xff) {
    return 'utf-16be';
  }
  if (head[0] === 0xff && head[1] === 0xfe) {
    return 'utf-16le';
  }
  const start = new TextDecoder('latin1').decode(head.subarray(0, HEAD_BYTES));
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]{1,40})["']/.exec(start);
  try {
    const label = declared?.[1] ?? 'utf-8';
    // What says that it is UTF-16 but is readable as ASCII is not.
    return new TextDecoder(/utf-?16/i.test(label) ? 'utf-8' : label).encoding;
  } catch {
    return 'utf-8';
  }
}
