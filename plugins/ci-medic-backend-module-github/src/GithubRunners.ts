import { NotFoundError } from '@backstage/errors';
import {
  CiRequest,
  CiRunner,
  PreparedEffect,
  RunnerEffects,
} from '@ci-medic/plugin-ci-medic-node';
import { z } from 'zod';
import { GithubApi } from './GithubApi';
import { GithubCalls } from './GithubCalls';

const places = {
  repository: '/repos/{owner}/{repo}/actions/runners',
  organization: '/orgs/{owner}/actions/runners',
};
type Place = keyof typeof places;

const runnerPayload = z.object({
  id: z.number(),
  name: z.string(),
  busy: z.boolean(),
  labels: z.array(z.object({ name: z.string(), type: z.string().optional() })),
});

/**
 * Self-hosted runners, of the repository or of its organization.
 */
export class GithubRunners implements RunnerEffects {
  readonly #api: GithubApi;
  readonly #calls: GithubCalls;

  constructor(options: { api: GithubApi; calls: GithubCalls }) {
    this.#api = options.api;
    this.#calls = options.calls;
  }

  async find(
    request: CiRequest & { name: string },
  ): Promise<CiRunner | undefined> {
    for (const place of Object.keys(places) as Place[]) {
      const found = await this.#search(request, place);
      if (found) {
        const { id, name, busy: isBusy, labels } = found;
        return {
          ...{ runnerId: `${place}:${id}`, name, isBusy },
          labels: labels
            .filter(({ type }) => type !== 'read-only')
            .map(label => label.name),
        };
      }
    }
    return undefined;
  }

  prepareLabels(
    request: CiRequest & { runnerId: string; labels: string[] },
  ): Promise<PreparedEffect> {
    const [place, id] = request.runnerId.split(':');
    return this.#calls.prepare(
      request,
      `PUT ${places[place as Place]}/{runner_id}/labels`,
      { runner_id: Number(id), labels: request.labels },
    );
  }

  async #search(request: CiRequest & { name: string }, place: Place) {
    try {
      const runners = await this.#api.all(request, `GET ${places[place]}`, {
        parameters: {
          name: request.name,
          headers: { 'cache-control': 'no-cache' },
        },
        itemsOf: data => data?.runners,
      });
      return runners
        .map(runner => runnerPayload.parse(runner))
        .find(({ name }) => name === request.name);
    } catch (error) {
      // A user's repository has no organization.
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }
}
