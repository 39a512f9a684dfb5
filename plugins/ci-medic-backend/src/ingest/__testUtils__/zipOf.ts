import { buffer } from 'stream/consumers';
import { ZipFile } from 'yazl';

/** A zip file of some entries. */
export async function zipOf(
  entries: Record<string, string | Buffer>,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) {
    zip.addBuffer(Buffer.from(content), name);
  }
  zip.end();
  return buffer(zip.outputStream);
}
