// @ts-check

/**
 * What is measured over runs, and what of it is unusual. Times and JSON as in the intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('series_subjects', table => {
    table.comment(
      'What is measured: a pipeline, a job or a log template on one class of branches and runners, or a figure from outside',
    );
    table.string('id', 24).primary();
    table.string('project_id', 24).comment('Absent for figures from outside');
    table.text('kind').notNullable().comment('pipeline, job, template, source');
    table.text('pipeline_id');
    table.text('pipeline_name');
    table.text('job_name');
    table.text('name').comment('Of a log template or a figure from outside');
    table.text('branch_class').comment('main or other');
    table.text('runner_class');
    table.text('entity_ref').comment('Of a figure from outside');
    table.text('unit').comment('Of a figure from outside');
    table.bigInteger('first_at').notNullable();
    table.bigInteger('last_at').notNullable();
    table.index(['project_id', 'pipeline_id'], 'series_subjects_pipeline');
    table.index(['entity_ref'], 'series_subjects_entity');
  });

  await knex.schema.createTable('series_points', table => {
    table.comment('What was measured of a subject in one run');
    table.string('subject_id', 24).notNullable();
    table.bigInteger('at').notNullable().comment('When the run was created');
    table.string('run_id', 24).notNullable().comment('Empty for sources');
    table.string('project_id', 24);
    table.bigInteger('number').comment('Of the run');
    table.string('commit_sha', 64);
    table.string('job_id', 24).comment('The job that was measured');
    table.integer('attempts').comment('Of the run');
    table.double('duration').comment('Seconds; of passing ones only');
    table.double('queue').comment('Seconds');
    table.integer('failure').comment('1 when it failed at first, 0 when not');
    table.integer('flip').comment('1 when it failed and passed on one commit');
    table.integer('timeout').comment('1 when it was ended for taking too long');
    table.double('minutes').comment('Of runners, over all attempts');
    table.double('cost');
    table.double('log_size').comment('Bytes');
    table.double('value').comment('Of log templates and figures from outside');
    table.primary(['subject_id', 'at', 'run_id']);
    table.index(['run_id'], 'series_points_run');
    table.index(['project_id', 'at'], 'series_points_project');
  });

  await knex.schema.createTable('series_news', table => {
    table.comment('Pipelines whose series changed, and since when');
    table.string('project_id', 24).notNullable();
    table.text('pipeline_id').notNullable();
    table.bigInteger('since').notNullable().comment('The earliest change');
    table.bigInteger('version').notNullable().comment('Grows with each change');
    table.primary(['project_id', 'pipeline_id']);
  });

  await knex.schema.createTable('series_builds', table => {
    table.comment('Rebuilding of all series of a project');
    table.string('project_id', 24).primary();
    table.integer('wanted_version').notNullable();
    table.integer('built_version');
    table.text('state').notNullable().comment('queued, running, done, failed');
    table.bigInteger('done').notNullable().defaultTo(0);
    table.bigInteger('total').notNullable().defaultTo(0);
    table.text('cursor').comment('The last run that was taken');
    table.text('reason');
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('finished_at');
  });

  await knex.schema.createTable('series_sources', table => {
    table.comment('Until when figures from outside were read');
    table.string('id', 24).primary();
    table.bigInteger('read_until').notNullable();
  });

  await knex.schema.createTable('run_counters', table => {
    table.comment('Attempts that ended, counted once each; never smaller');
    table.increments('slot').comment('Who comes first has series of its own');
    table.string('project_id', 24).notNullable();
    table.text('pipeline_id').notNullable();
    table.text('result').notNullable();
    table.text('repository').notNullable();
    table.text('pipeline_name').notNullable();
    table.bigInteger('attempts').notNullable();
    table.bigInteger('reruns').notNullable();
    table.double('runner_seconds').notNullable();
    table.double('cost').notNullable();
    table.text('durations').notNullable().comment('JSON: sum and buckets');
    table.text('queues').notNullable().comment('JSON: sum and buckets');
    table.unique(['project_id', 'pipeline_id', 'result'], {
      indexName: 'run_counters_pipeline',
    });
  });
  await knex.schema.alterTable('runs', table => {
    table.bigInteger('counted_at').comment('When metrics counted it');
    table.bigInteger('tests_judged_at').comment('When its tests were judged');
  });

  await knex.schema.createTable('series_judgements', table => {
    table.comment('What detectors remember of the series of a subject');
    table.string('subject_id', 24).primary();
    table.integer('version').notNullable().comment('Of the algorithms');
    table.bigInteger('settled_at').notNullable().comment('Taken in up to here');
    table.string('settled_run', 24).notNullable();
    table.bigInteger('settled_seq').notNullable();
    table.text('state').notNullable().comment('JSON by metric, as it was then');
  });

  await knex.schema.createTable('series_tests', table => {
    table.comment('Test cases over all runs, and how reliable they are');
    table.string('id', 24).primary();
    table.string('project_id', 24).notNullable();
    table.text('pipeline_id').notNullable();
    table.text('job_name');
    table.text('suite');
    table.text('class_name');
    table.text('name').notNullable();
    table.text('file');
    table.bigInteger('first_at').notNullable();
    table.bigInteger('last_at').notNullable();
    table.text('verdict').comment('healthy, suspect, flaky, broken ...');
    table.double('rank').notNullable().defaultTo(0).comment('What it costs');
    table.text('state').comment('JSON: what the detector remembers');
    table.text('body').comment('JSON: what was found');
    table.index(['project_id', 'verdict', 'rank'], 'series_tests_verdict');
    table.index(['project_id', 'pipeline_id'], 'series_tests_pipeline');
  });
  await knex.schema.alterTable('test_cases', table => {
    table.string('test_id', 24).comment('The same in all runs');
    table.index(['test_id'], 'test_cases_test');
  });

  await knex.schema.createTable('anomalies', table => {
    table.comment('What is unusual in a series');
    table.string('id', 24).primary();
    table.string('project_id', 24);
    table.string('subject_id', 24).notNullable();
    table.text('metric').notNullable();
    table.text('finding_id').notNullable().comment('Within its series');
    table.text('kind').notNullable();
    table.text('stage').notNullable().comment('note, alert or went_away');
    table.text('direction').notNullable();
    table.bigInteger('at').notNullable().comment('When it could be said');
    table.bigInteger('began_at').notNullable();
    table.string('began_run', 24);
    table.bigInteger('ended_at');
    table.text('sentence').notNullable();
    table.text('body').notNullable().comment('JSON: the whole finding');
    table.string('group_id', 24).comment('Findings that are one event');
    table.string('incident_id', 24);
    table.text('quiet').comment('Why nobody is told');
    table.bigInteger('seen_at').notNullable().comment('Last judged');
    table.index(['subject_id', 'metric'], 'anomalies_series');
    table.index(['project_id', 'began_at'], 'anomalies_project');
    table.index(['incident_id'], 'anomalies_incident');
    table.index(['group_id'], 'anomalies_group');
  });

  await knex.schema.createTable('anomaly_settings', table => {
    table.comment('What people want to hear of a metric of an entity');
    table.text('entity_ref').notNullable();
    table.text('metric').notNullable();
    table.text('body').notNullable().comment('JSON');
    table.text('changed_by');
    table.bigInteger('changed_at').notNullable();
    table.primary(['entity_ref', 'metric']);
  });

  await knex.schema.createTable('anomaly_tellings', table => {
    table.comment('Of what a team was told, for its daily budget');
    table.text('owner_ref').notNullable();
    table.string('incident_id', 24).notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['owner_ref', 'incident_id']);
  });

  await knex.schema.alterTable('incidents', table => {
    table
      .text('kind')
      .notNullable()
      .defaultTo('failure')
      .comment('failure, or anomaly when nothing failed');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('incidents', table => {
    table.dropColumn('kind');
  });
  await knex.schema.alterTable('runs', table => {
    table.dropColumn('counted_at');
    table.dropColumn('tests_judged_at');
  });
  await knex.schema.alterTable('test_cases', table => {
    table.dropIndex(['test_id'], 'test_cases_test');
    table.dropColumn('test_id');
  });
  for (const table of [
    'anomaly_tellings',
    'anomaly_settings',
    'anomalies',
    'series_tests',
    'series_judgements',
    'run_counters',
    'series_sources',
    'series_builds',
    'series_news',
    'series_points',
    'series_subjects',
  ]) {
    await knex.schema.dropTable(table);
  }
};
