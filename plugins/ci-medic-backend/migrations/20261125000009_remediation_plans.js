// @ts-check

/**
 * Plans, what gates said of them, and what stops or limits all of it. Times and JSON as in the intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('remediations', table => {
    table.string('plan_id', 36);
    table.text('parameters').notNullable().defaultTo('{}').comment('JSON');
    table.text('stages').notNullable().defaultTo('[]').comment('JSON: words');
    table.integer('stage').notNullable().defaultTo(0).comment('Those done');
    table.text('traces').notNullable().defaultTo('[]').comment('JSON');
    table.bigInteger('verification_ms').comment('Overrides the setting');
    table
      .text('started')
      .notNullable()
      .defaultTo('person')
      .comment('person or automatic');
    table.string('category', 40).notNullable().defaultTo('unknown');
    table.text('strategy');
    table.text('verdict').comment('JSON: what it says of a suspected commit');
    table.index(['state', 'updated_at'], 'remediations_state');
    table.index(['incident_id', 'updated_at'], 'remediations_of_incident');
  });
  // What was done before there were stages had one.
  await knex('remediations').update({
    stages: JSON.stringify(['Run the failed jobs again']),
  });

  await knex.schema.createTable('remediation_plans', table => {
    table.comment('What could be done about an incident');
    table.string('id', 36).primary();
    table.string('incident_id', 24).notNullable();
    table.string('project_id', 24).notNullable();
    table.string('run_id', 24).notNullable();
    table.integer('attempt').notNullable();
    table.string('action', 40).notNullable();
    table.text('strategy');
    table.text('state').notNullable();
    table.integer('version').notNullable().comment('Counts the transitions');
    table.text('reason').notNullable();
    table.text('mode').notNullable();
    table.string('category', 40).notNullable();
    table.text('environment');
    table.text('parameters').notNullable().comment('JSON');
    table.text('planned').notNullable().comment('JSON: the world as planned');
    table.text('stages').notNullable().comment('JSON: words');
    table.text('words').notNullable().comment('JSON');
    table.text('gates').notNullable().comment('JSON: as they last said');
    table.string('hash', 64).notNullable();
    table.double('minutes').comment('Runner minutes that it costs');
    table.bigInteger('verification_ms');
    table.integer('approvals_needed').notNullable();
    table.text('author').notNullable();
    table.string('remediation_id', 24);
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.index(['incident_id', 'created_at'], 'remediation_plans_incident');
    table.index(['state', 'expires_at'], 'remediation_plans_state');
  });
  await knex.raw(
    `create unique index remediation_plans_open on remediation_plans (run_id, attempt, action) where state = 'proposed'`,
  );

  await knex.schema.createTable('remediation_approvals', table => {
    table.comment('What people said of plans; rows are only ever added');
    table.string('id', 36).primary();
    table.string('plan_id', 36).notNullable();
    table.string('approver', 255).notNullable();
    table.string('plan_hash', 64).notNullable();
    table.text('verdict').notNullable().comment('approved or rejected');
    table
      .boolean('in_catalog')
      .notNullable()
      .comment('Whether the catalog had the person');
    table.bigInteger('at').notNullable();
    table.unique(['plan_id', 'approver'], {
      indexName: 'remediation_approvals_once',
    });
  });

  await knex.schema.createTable('remediation_decisions', table => {
    table.comment('Rows are only ever added');
    table.string('id', 36).primary();
    table.bigInteger('at').notNullable();
    table.text('moment').notNullable();
    table.string('result', 20).notNullable();
    table.string('action', 40);
    table.string('incident_id', 24);
    table.string('plan_id', 36);
    table.text('entity_refs').notNullable().comment('JSON array');
    table.string('actor', 255).notNullable();
    table.text('mode');
    table.text('gates').notNullable().comment('JSON');
    table.text('reasons').notNullable().comment('JSON array');
    table.text('policy_revision');
    table.text('input').notNullable().comment('JSON, masked');
    table.index(['at', 'id'], 'remediation_decisions_newest');
    table.index(['incident_id', 'at'], 'remediation_decisions_incident');
  });

  await knex.schema.createTable('remediation_stops', table => {
    table.comment('The kill switch; one that was lifted stays as history');
    table.string('id', 36).primary();
    table.string('scope', 10).notNullable().comment('all, entity or action');
    table.string('subject', 255).notNullable().comment('Empty for all');
    table.text('reason').notNullable();
    table.text('set_by').notNullable();
    table.bigInteger('set_at').notNullable();
    table.text('lifted_by');
    table.bigInteger('lifted_at');
  });
  await knex.raw(
    'create unique index remediation_stops_on on remediation_stops (scope, subject) where lifted_at is null',
  );

  await knex.schema.createTable('remediation_modes', table => {
    table.comment('What operators changed; an empty text means any');
    table.string('category', 40).notNullable();
    table.string('action', 40).notNullable();
    table.string('tier', 63).notNullable();
    table.text('mode').notNullable();
    table.text('set_by').notNullable();
    table.bigInteger('set_at').notNullable();
    table.primary(['category', 'action', 'tier']);
  });

  await knex.schema.createTable('remediation_budgets', table => {
    table.comment('Locked by who reserves; what is used stands in the uses');
    table.string('scope', 80).primary();
    table.bigInteger('locks').notNullable().defaultTo(0);
  });

  await knex.schema.createTable('remediation_uses', table => {
    table.comment('What remediations took of the budgets');
    table.string('scope', 80).notNullable();
    table.string('remediation_id', 24).notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['scope', 'remediation_id']);
    table.index(['scope', 'at'], 'remediation_uses_newest');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'remediation_uses',
    'remediation_budgets',
    'remediation_modes',
    'remediation_stops',
    'remediation_decisions',
    'remediation_approvals',
    'remediation_plans',
  ]) {
    await knex.schema.dropTable(table);
  }
  await knex.schema.alterTable('remediations', table => {
    table.dropIndex(['state', 'updated_at'], 'remediations_state');
    table.dropIndex(['incident_id', 'updated_at'], 'remediations_of_incident');
    table.dropColumns(
      'plan_id',
      'parameters',
      'stages',
      'stage',
      'traces',
      'verification_ms',
      'started',
      'category',
      'strategy',
      'verdict',
    );
  });
};
