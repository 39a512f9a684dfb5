import {
  CiRequest,
  DispatchedRun,
  PreparedEffect,
  WorkflowEffects,
} from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { convertRun } from './convertPayloads';
import { GithubApi } from './GithubApi';
import { GithubCalls } from './GithubCalls';
import { runPayload } from './payloads';

const WORKFLOW = '/repos/{owner}/{repo}/actions/workflows/{workflow_id}';
const MOST_PAGES = 3;

const receiptPayload = z.object({ workflow_run_id: z.number() });

/**
 * Workflows with `workflow_dispatch`. Their runs are found again by a correlation id in their title, which the workflow
 * takes as an input and puts into its `run-name`.
 */
export class GithubWorkflows implements WorkflowEffects {
  /** A run may take its time to show up in the lists. */
  readonly latestRunMs = 60_000;

  readonly #api: GithubApi;
  readonly #calls: GithubCalls;

  constructor(options: { api: GithubApi; calls: GithubCalls }) {
    this.#api = options.api;
    this.#calls = options.calls;
  }

  prepareDispatch(
    request: CiRequest & {
      workflow: string;
      branch: string;
      inputs: Record<string, string>;
    },
  ): Promise<PreparedEffect> {
    const { workflow, branch: ref, inputs } = request;
    return this.#calls.prepare(
      request,
      `POST ${WORKFLOW}/dispatches`,
      {
        workflow_id: fileOf(workflow),
        ...{ ref, inputs, return_run_details: true },
      },
      data => {
        const receipt = receiptPayload.safeParse(data);
        return receipt.success
          ? { runId: String(receipt.data.workflow_run_id) }
          : undefined;
      },
    );
  }

  async findRuns(
    request: CiRequest & {
      workflow: string;
      correlationId: string;
      branch?: string;
    },
  ): Promise<DispatchedRun[]> {
    const { correlationId, branch } = request;
    const runs = await this.#runs(request, {
      ...{ event: 'workflow_dispatch', branch },
      mostPages: MOST_PAGES,
    });
    return runs.filter(({ title }) => title.includes(correlationId));
  }

  async activeRuns(
    request: CiRequest & { workflow: string },
  ): Promise<DispatchedRun[]> {
    // What was started before the newest hundred has ended.
    const runs = await this.#runs(request, { mostPages: 1 });
    return runs.filter(({ status }) => status !== 'completed');
  }

  async #runs(
    request: CiRequest & { workflow: string },
    query: { event?: string; branch?: string; mostPages: number },
  ): Promise<DispatchedRun[]> {
    const { event, branch, mostPages } = query;
    const runs = await this.#api.all(request, `GET ${WORKFLOW}/runs`, {
      parameters: {
        workflow_id: fileOf(request.workflow),
        ...{ event, branch },
        headers: { 'cache-control': 'no-cache' },
      },
      itemsOf: data => data?.workflow_runs,
      mostPages,
    });
    return runs
      .map(run => convertRun(runPayload.parse(run)))
      .map(run => ({
        ...{ runId: run.runId, attempt: run.attempt, title: run.title ?? '' },
        ...{ status: run.status, conclusion: run.conclusion },
        headSha: run.commit.sha,
      }));
  }
}

/** GitHub takes the name of the file, without its folder. */
function fileOf(workflow: string): string {
  return workflow.split('@')[0].split('/').pop()!;
}
