// @ts-check

/**
 * What arrives and what is known of runs. Times (`*_at`, `*_until`) are epoch milliseconds, durations (`*_ms`) are
 * milliseconds. JSON lives in text columns, because `jsonb` refuses NUL. Text from outside is capped by the stores,
 * so that it fits into an index row.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('inbox', table => {
    table.comment(
      'Deliveries exactly as they were signed, before anything reads them',
    );
    table.string('id', 36).primary();
    table.text('provider').notNullable();
    table.text('delivery_id').notNullable();
    table.text('event').notNullable();
    table.text('hook_id');
    table.bigInteger('received_at').notNullable();
    table.string('body_sha256', 64).notNullable();
    table.binary('body').comment('Dropped by retention long before the row');
    table
      .text('state')
      .notNullable()
      .comment('received, processed, ignored or dead');
    table.text('reason');
    table.bigInteger('finished_at');
    table.unique(['provider', 'delivery_id'], { indexName: 'inbox_delivery' });
    table.index(['state', 'received_at'], 'inbox_state');
    table.index(['received_at'], 'inbox_received');
  });

  await knex.schema.createTable('work', table => {
    table.comment('The durable work queue');
    table.string('id', 36).primary();
    table.text('kind').notNullable();
    table.text('key').notNullable();
    table
      .text('lane')
      .notNullable()
      .defaultTo('')
      .comment('Whose work it is, usually a project id; lanes take turns');
    table.text('payload').notNullable();
    table.text('state').notNullable().comment('queued, running, done or dead');
    table.integer('priority').notNullable().defaultTo(1);
    table.integer('attempts').notNullable().defaultTo(0);
    table.integer('max_attempts').comment('Overrides the one of the handler');
    table
      .boolean('again')
      .notNullable()
      .defaultTo(false)
      .comment('Asked for once more while it was running');
    table.bigInteger('due_at').notNullable();
    table.text('lease_owner');
    table.bigInteger('lease_until');
    table.bigInteger('fence').notNullable().defaultTo(0);
    table.text('last_error');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('finished_at');
    table.bigInteger('redriven_at');
    table.index(['state', 'finished_at'], 'work_finished');
  });
  await knex.raw(
    `create unique index work_pending on work (kind, key) where state in ('queued', 'running')`,
  );
  await knex.raw(
    `create index work_claim on work (kind, priority, lane, due_at) where state = 'queued'`,
  );
  await knex.raw(
    `create index work_due on work (kind, due_at) where state = 'queued'`,
  );
  await knex.raw(
    `create index work_lease on work (lease_until) where state = 'running'`,
  );

  await knex.schema.createTable('projects', table => {
    table.comment('Repositories of CI systems that entities belong to');
    table.string('id', 24).primary();
    table.text('provider').notNullable();
    table.text('host').notNullable();
    table.text('slug').notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.text('poll_validator');
    table.bigInteger('polled_at');
    table.bigInteger('next_poll_at').notNullable().defaultTo(0);
    table.text('poll_problem');
    table.index(['next_poll_at'], 'projects_next_poll');
  });

  await knex.schema.createTable('entity_projects', table => {
    table.comment('Which catalog entity is built where, from its annotations');
    table.text('entity_ref').notNullable();
    table.text('provider').notNullable();
    table.string('project_id', 24).comment('Absent while there is a problem');
    table.text('workflows').comment('JSON array of patterns');
    table.text('paths').comment('JSON array of globs');
    table.text('owner_ref');
    table.text('problem').comment('What is wrong with an annotation');
    table.bigInteger('seen_at').notNullable();
    table.primary(['entity_ref', 'provider']);
    table.index(['project_id'], 'entity_projects_project');
  });

  await knex.schema.createTable('runs', table => {
    table.comment('One row for every attempt of every run');
    table.string('run_id', 24).notNullable();
    table.integer('attempt').notNullable();
    table.string('project_id', 24).notNullable();
    table.text('external_id').notNullable();
    table.bigInteger('number');
    table.text('pipeline_id').notNullable();
    table.text('pipeline_name').notNullable();
    table.text('pipeline_path');
    table.text('title');
    table.text('event').notNullable();
    table.text('branch');
    table.text('commit_sha').notNullable();
    table.text('commit_title');
    table.text('commit_author');
    table.bigInteger('commit_at');
    table.text('commit_url');
    table.text('actor');
    table.text('pull_requests').notNullable().comment('JSON array of numbers');
    table.boolean('is_fork').notNullable();
    table.text('status').notNullable();
    table
      .integer('rank')
      .notNullable()
      .comment('0 queued, 1 in progress, 2 completed; only grows');
    table.text('conclusion');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('completed_at');
    table.bigInteger('updated_at');
    table.bigInteger('duration_ms');
    table.bigInteger('queue_ms');
    table.text('url');
    table.text('changed_paths').comment('JSON array; absent when not known');
    table.bigInteger('stored_at').notNullable().comment('Last change here');
    table.bigInteger('collected_at').comment('When its jobs were all stored');
    table.primary(['run_id', 'attempt']);
    table.index(['project_id', 'created_at'], 'runs_project');
    table.index(['project_id', 'branch', 'created_at'], 'runs_branch');
    table.index(['project_id', 'pipeline_id', 'created_at'], 'runs_pipeline');
  });

  await knex.schema.createTable('jobs', table => {
    table.string('job_id', 24).primary();
    table.string('run_id', 24).notNullable();
    table.integer('attempt').notNullable();
    table.string('project_id', 24).notNullable();
    table.text('pipeline_id').comment('Copied from the run');
    table.text('branch').comment('Copied from the run');
    table.text('external_id').notNullable();
    table.text('name').notNullable();
    table.text('status').notNullable();
    table.integer('rank').notNullable().comment('As in runs');
    table.text('conclusion');
    table.bigInteger('created_at');
    table.bigInteger('started_at');
    table.bigInteger('completed_at');
    table.bigInteger('duration_ms');
    table.bigInteger('queue_ms');
    table.text('runner_name');
    table.text('runner_group');
    table.text('runner_labels').notNullable().comment('JSON array');
    table.text('url');
    table.bigInteger('stored_at').notNullable().comment('Last change here');
    table.index(['run_id', 'attempt'], 'jobs_run');
    // The last passing job of the same name, on a branch and in general.
    table.index(
      [
        'project_id',
        'pipeline_id',
        'name',
        'conclusion',
        'branch',
        'completed_at',
      ],
      'jobs_name_branch',
    );
    table.index(
      ['project_id', 'pipeline_id', 'name', 'conclusion', 'completed_at'],
      'jobs_name',
    );
  });

  await knex.schema.createTable('steps', table => {
    table.string('job_id', 24).notNullable();
    table.integer('number').notNullable();
    table.text('name').notNullable();
    table.text('status').notNullable();
    table.text('conclusion');
    table.bigInteger('started_at');
    table.bigInteger('completed_at');
    table.bigInteger('duration_ms');
    table.primary(['job_id', 'number']);
  });

  await knex.schema.createTable('test_cases', table => {
    table.string('id', 24).primary();
    table.string('run_id', 24).notNullable();
    table.integer('attempt').notNullable();
    table.string('job_id', 24);
    table.integer('position').notNullable().comment('Order in the reports');
    table.text('suite');
    table.text('class_name');
    table.text('name').notNullable();
    table.text('file');
    table.integer('line');
    table.text('outcome').notNullable();
    table
      .integer('outcome_rank')
      .notNullable()
      .comment('0 failed, 1 error, 2 flaky, 3 passed, 4 skipped');
    table.boolean('flaky').notNullable();
    table.double('duration_ms');
    table.text('message');
    table.text('details');
    table.text('report').notNullable();
    table.index(
      ['run_id', 'attempt', 'outcome_rank', 'position'],
      'test_cases_run',
    );
    table.index(['job_id'], 'test_cases_job');
  });

  await knex.schema.createTable('run_entities', table => {
    table.comment('Which entities a run concerns');
    table.text('entity_ref').notNullable();
    table.string('run_id', 24).notNullable();
    table.bigInteger('created_at').notNullable().comment('Copied from the run');
    table.text('branch').comment('Copied from the run');
    table.text('pipeline_id').notNullable().comment('Copied from the run');
    table.primary(['entity_ref', 'run_id']);
    table.index(['run_id'], 'run_entities_run');
    table.index(['entity_ref', 'created_at', 'run_id'], 'run_entities_newest');
    table.index(['entity_ref', 'branch', 'created_at'], 'run_entities_branch');
    table.index(
      ['entity_ref', 'pipeline_id', 'created_at'],
      'run_entities_pipeline',
    );
  });

  await knex.schema.createTable('run_problems', table => {
    table.comment('What of a run was refused or not understood');
    table.string('id', 24).primary();
    table.string('run_id', 24).notNullable();
    table.integer('attempt').notNullable();
    table.text('source').notNullable().comment('The kind of work that met it');
    table.text('subject').notNullable();
    table.text('reason').notNullable();
    table.bigInteger('created_at').notNullable();
    table.index(['run_id', 'attempt'], 'run_problems_run');
  });

  await knex.schema.createTable('backfills', table => {
    table.comment('Readings of the history of repositories');
    table.string('id', 36).primary();
    table.string('project_id', 24).notNullable();
    table
      .text('state')
      .notNullable()
      .comment('queued, running, waiting, done, cancelled or failed');
    table.integer('days').notNullable();
    table.bigInteger('requested_at').notNullable();
    table.text('requested_by');
    table.bigInteger('oldest_at').notNullable().comment('Where it will end');
    table
      .bigInteger('newest_at')
      .notNullable()
      .comment('Upper end of the window that is being read');
    table.text('cursor').comment('Next page of that window');
    table.integer('runs_found').notNullable().defaultTo(0);
    table.bigInteger('reached_at');
    table.bigInteger('finished_at');
    table.text('reason');
    table.bigInteger('continues_at');
    table.index(['project_id', 'requested_at'], 'backfills_project');
  });
  await knex.raw(
    `create unique index backfills_active on backfills (project_id) where state in ('queued', 'running', 'waiting')`,
  );

  await knex.schema.createTable('replicas', table => {
    table.comment('Backends that take part in the work');
    table.string('id', 36).primary();
    table.bigInteger('started_at').notNullable();
    table.bigInteger('seen_at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'replicas',
    'backfills',
    'run_problems',
    'run_entities',
    'test_cases',
    'steps',
    'jobs',
    'runs',
    'entity_projects',
    'projects',
    'work',
    'inbox',
  ]) {
    await knex.schema.dropTable(table);
  }
};
