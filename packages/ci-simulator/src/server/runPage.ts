import { Repository, Run } from '../world/model';

/** The page of a run: what ran, how it ended, and where its logs are. */
export function runPage(options: {
  repository: Repository;
  run: Run;
  /** The newest when missing. */
  attempt?: number;
  /** The job to be marked. */
  jobId?: number;
}): string {
  const { repository, run, jobId } = options;
  const attempt =
    run.attempts.find(each => each.attempt === options.attempt) ??
    run.attempts.at(-1)!;
  const slug = `${repository.owner}/${repository.name}`;
  const rows = attempt.jobs.map(job => {
    const log = job.log
      ? `<a href="/api/v3/repos/${escape(slug)}/actions/jobs/${
          job.id
        }/logs">log</a>`
      : '';
    const steps = job.steps
      .filter(step => step.conclusion !== 'success')
      .map(step => `${escape(step.name)}: ${step.conclusion}`)
      .join('<br>');
    const mark = job.id === jobId ? ' class="marked"' : '';
    const conclusion = job.conclusion ?? job.status;
    return `<tr${mark}><td>${escape(
      job.name,
    )}</td><td>${conclusion}</td><td>${steps}</td><td>${log}</td></tr>`;
  });
  const title = `${run.workflow.name} #${run.number}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escape(title)} · ${escape(slug)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color-scheme: light dark; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid #8886; padding: .4rem .6rem; text-align: left; vertical-align: top; }
.marked { background: #fd05; }
.note { opacity: .75; }
</style>
</head>
<body>
<p class="note">A simulated CI server plays recorded builds. This is not GitHub.</p>
<h1>${escape(run.title)}</h1>
<p>${escape(slug)} · ${escape(title)} · attempt ${attempt.attempt} of ${
    run.attempts.length
  } · <strong>${attempt.conclusion ?? attempt.status}</strong></p>
<p>${escape(run.event)} on ${escape(run.branch)} at ${run.sha.slice(
    0,
    7,
  )} by ${escape(run.actor)}, ${new Date(attempt.startedAt).toUTCString()}</p>
<table>
<thead><tr><th>Job</th><th>Outcome</th><th>Steps that did not pass</th><th></th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>
</body>
</html>
`;
}

function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, character => entities[character]);
}
