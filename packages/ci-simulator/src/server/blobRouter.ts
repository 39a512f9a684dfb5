import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { zipFiles } from '../recordings/zipFiles';
import { Content } from '../world/model';
import { ApiProblem } from './ApiProblem';
import { found, ServerContext } from './ApiRoute';
import { BlobRef } from './BlobTickets';
import { sendDownload } from './sendDownload';

type Blob = { content: Content; isArchive: boolean; fileName: string };

/** The blob store, which downloads of logs and artifacts are redirected to. */
export function blobRouter(context: ServerContext): Router {
  const router = PromiseRouter();
  router.get('/_blob/:kind/:id', async (request, response) => {
    const ref = request.params as unknown as BlobRef;
    const query = request.query as Record<string, string | undefined>;
    if (!context.tickets.isValid(ref, query)) {
      throw new ApiProblem(403, 'The signature is wrong or has run out');
    }
    const blob = findBlob(ref, context);
    const fault = context.faults.takeForDownload(
      request.method,
      query.for ?? '',
    );
    if (request.method === 'HEAD') {
      response.status(200).end();
      return;
    }
    await sendDownload({ response, ...blob, fault });
  });
  return router;
}

function findBlob({ kind, id }: BlobRef, { world }: ServerContext): Blob {
  switch (kind) {
    case 'job-log': {
      const { job } = found(world.job(Number(id)));
      const content = found(job.log);
      return { content, isArchive: false, fileName: `${job.id}.txt` };
    }
    case 'artifact': {
      const { artifact } = found(world.artifact(Number(id)));
      const { archive, name } = artifact;
      return { content: archive, isArchive: true, fileName: `${name}.zip` };
    }
    case 'attempt-logs': {
      const [runId, number] = id.split('-').map(Number);
      const { run } = found(world.run(runId));
      const attempt = found(run.attempts.find(each => each.attempt === number));
      const at = attempt.completedAt ?? attempt.startedAt;
      return {
        content: { open: async () => zipFiles(attempt.logFiles, at) },
        isArchive: true,
        fileName: `logs_${run.id}.zip`,
      };
    }
    default:
      throw ApiProblem.notFound();
  }
}
