import { bundledModels } from '../models/bundledModels';
import { ModelServer } from '../server/ModelServer';

/** Serves the models of a folder until the process is asked to end. */
export async function serve(options: {
  models?: string;
  host: string;
  port: number;
  batch: number;
  queue: number;
  refresh: number;
}): Promise<void> {
  const server = await ModelServer.start({
    models: options.models ?? bundledModels(),
    host: options.host,
    port: options.port,
    batchRows: options.batch,
    waitingRows: options.queue,
    refreshMs: options.refresh,
    log: message => process.stderr.write(`${message}\n`),
  });
  process.stdout.write(`ready ${server.url}\n`);
  await new Promise<void>(resolve => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await server.stop();
}
