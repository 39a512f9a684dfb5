import { Organisation } from '../organisation/Organisation';
import {
  deploymentShape,
  deploymentStatusShape,
} from '../shapes/deploymentShape';
import { Links } from '../shapes/Links';
import { fullRepositoryShape } from '../shapes/repositoryShape';
import { userShape } from '../shapes/userShape';
import { organizationShape } from './eventsOfRun';
import { WebhookSender } from './WebhookSender';

/** Sends `deployment_status` webhooks from now on. */
export function tellOfDeployments(options: {
  organisation: Organisation;
  sender: WebhookSender;
  links: Links;
}): void {
  const { organisation, sender, links } = options;
  organisation.deployments.onChange(({ repository }, deployment) => {
    if (!sender.hasTarget()) {
      return;
    }
    const status = deployment.statuses.at(-1)!;
    const payload = {
      action: 'created',
      deployment: deploymentShape(links, repository, deployment),
      deployment_status: deploymentStatusShape(
        links,
        repository,
        deployment,
        status,
      ),
      check_run: null,
      workflow: null,
      workflow_run: null,
      repository: fullRepositoryShape(links, repository),
      organization: organizationShape(links, repository.owner),
      sender: userShape(links, deployment.creator),
    };
    sender.emit(
      { event: 'deployment_status', action: 'created', payload },
      { repository, run: deployment.run ?? 0, runAttempt: 1 },
    );
  });
}
