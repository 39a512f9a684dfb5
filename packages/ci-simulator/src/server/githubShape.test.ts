import { createSimulator } from '../createSimulator';
import { Simulator } from '../Simulator';
import { OpenApi } from '../__testUtils__/OpenApi';
import { recorded, writeRecording } from '../__testUtils__/writeRecording';
import { apiRoutes } from './apiRouter';

const { commits, flakyRun, failedJob, artifact } = recorded;

/** What to ask for, beside the route's own path. */
const parameters: Record<string, string> = {
  owner: 'acme',
  repo: 'checkout',
  workflow_id: '11',
  run_id: String(flakyRun),
  attempt_number: '1',
  job_id: String(failedJob),
  artifact_id: String(artifact),
  archive_format: 'zip',
  ref: commits.onBranch,
  basehead: `main...round`,
  pull_number: '7',
  check_run_id: String(failedJob),
};

describe('answers, held against GitHub’s OpenAPI description', () => {
  let simulator: Simulator;
  let remove: () => Promise<void>;
  const openApi = OpenApi.create();

  beforeAll(async () => {
    const recording = await writeRecording();
    remove = recording.remove;
    simulator = await createSimulator({ recordings: recording.folder });
  });

  afterAll(async () => {
    await simulator.close();
    await remove();
  });

  const ask = (path: string) =>
    fetch(`${simulator.url}${path}`, { redirect: 'manual' });

  // What recordings do not know is asked of the living organisation.
  const isUnknown =
    /contents|deployments|runners|dependency-graph|deliveries|branches|git\/|app|install|\/pulls$|caches/;
  const reading = apiRoutes.filter(
    ({ method, template }) => method === 'get' && !isUnknown.test(template),
  );

  it.each(reading.map(route => [route.template, route] as const))(
    '%s',
    async (template, route) => {
      const path = template.replace(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent(parameters[name]),
      );
      for (const prefix of ['', '/api/v3']) {
        const answer = await ask(`${prefix}${path}`);
        const isDownload = /\/(logs|zip)$/.test(path);
        expect(answer.status).toBe(isDownload ? 302 : 200);
        const text = await answer.text();
        const body = text === '' ? undefined : JSON.parse(text);
        const { method } = route;
        const { status } = answer;
        expect(
          openApi.problemsOfAnswer({ method, template, status, body }),
        ).toEqual([]);
      }
    },
  );

  it('finds what is wrong with an answer', () => {
    const template = '/repos/{owner}/{repo}/actions/jobs/{job_id}';
    const wrong = { method: 'get', template, status: 200, body: { id: 'x' } };
    expect(openApi.problemsOfAnswer(wrong).length).toBeGreaterThan(5);
  });

  it.each([
    '/repos/acme/nothing',
    '/repos/acme/checkout/actions/runs/1',
    '/repos/acme/checkout/actions/runs/abc',
    `/repos/acme/checkout/actions/runs/${flakyRun}/attempts/4`,
    '/repos/acme/checkout/actions/jobs/1/logs',
    `/repos/acme/checkout/commits/${'f'.repeat(40)}`,
    '/repos/acme/checkout/pulls/8/files',
    `/repos/acme/checkout/actions/artifacts/${artifact}/tar`,
    '/nowhere',
  ])('answers %s with GitHub’s 404', async path => {
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    const body = await answer.json();
    expect(openApi.problemsOfError(body)).toEqual([]);
    expect(body).toMatchObject({ message: 'Not Found', status: '404' });
  });
});
