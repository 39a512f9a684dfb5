import { Response } from 'express';
import { Readable } from 'stream';
import { pipeline } from 'stream/promises';
import { DownloadFault } from '../faults/FaultPlan';
import { largeLog, longLine } from '../faults/generatedLogs';
import { pathTricks, zipBomb } from '../faults/hostileArchives';
import { Content } from '../world/model';
import { ByteLimit } from './ByteLimit';

/**
 * Streams a download, with what a fault makes of it.
 *
 * @param options - `isArchive`: a zip archive, otherwise text
 */
export async function sendDownload(options: {
  response: Response;
  content: Content;
  isArchive: boolean;
  fileName: string;
  fault?: DownloadFault;
}): Promise<void> {
  const { response, isArchive, fileName, fault } = options;
  const source = replaced(fault, fileName) ?? (await options.content.open());
  response.status(200);
  response.setHeader(
    'Content-Type',
    isArchive ? 'application/zip' : 'text/plain; charset=utf-8',
  );
  response.setHeader(
    'Content-Disposition',
    `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  );
  const limited = fault?.kind === 'drop' || fault?.kind === 'truncate';
  try {
    if (limited) {
      response.flushHeaders();
      const limit = new ByteLimit(fault.afterBytes);
      // Not ended by the pipeline: that would look like a whole answer.
      await pipeline(source, limit, response, { end: false }).catch(error => {
        if (!limit.isReached) {
          throw error;
        }
      });
    } else {
      await pipeline(source, response);
    }
  } catch (error) {
    // The client went away, or the recording cannot be read: either way the
    // answer has begun and can only be cut off.
    response.destroy();
    return;
  } finally {
    source.destroy();
  }
  if (fault?.kind === 'drop') {
    await flushed(response);
    response.destroy();
  } else {
    response.end();
  }
}

function replaced(
  fault: DownloadFault | undefined,
  fileName: string,
): Readable | undefined {
  switch (fault?.kind) {
    case 'large-log':
      return largeLog(fault.bytes);
    case 'long-line':
      return longLine(fault.bytes);
    case 'zip-bomb': {
      const isLogs = fileName.startsWith('logs_');
      const name = isLogs ? '*_build.txt' : 'TEST-report-*.xml';
      return zipBomb({ bytes: fault.bytes, name });
    }
    case 'path-tricks':
      return pathTricks();
    default:
      return undefined;
  }
}

/** Resolves when what was written has left this process. */
function flushed(response: Response): Promise<void> {
  return new Promise(resolve => {
    response.write('', () => resolve());
  });
}
