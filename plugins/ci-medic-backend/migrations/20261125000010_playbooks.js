// @ts-check

/**
 * What recurs, and what is known of it. Times and JSON as in the intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('playbooks', table => {
    table.comment('One for each failure that recurs, by its fingerprint');
    table.string('id', 24).primary();
    table.string('fingerprint', 255).notNullable();
    table.text('body').notNullable().comment('JSON: everything in it');
    table
      .string('substance', 24)
      .notNullable()
      .comment('Hash of what makes a new version when it changes');
    table.integer('version').notNullable();
    table.bigInteger('last_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.unique(['fingerprint'], { indexName: 'playbooks_fingerprint' });
  });

  await knex.schema.createTable('playbook_versions', table => {
    table.comment('Rows are only ever added');
    table.string('playbook_id', 24).notNullable();
    table.integer('version').notNullable();
    table.text('body').notNullable().comment('JSON, as it was made');
    table.text('reason').notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['playbook_id', 'version']);
  });

  await knex.schema.createTable('playbook_entities', table => {
    table.comment('Which entities need which playbook');
    table.text('entity_ref').notNullable();
    table.string('playbook_id', 24).notNullable();
    table.integer('occurrences').notNullable();
    table.bigInteger('last_at').notNullable();
    table.primary(['entity_ref', 'playbook_id']);
    table.index(['playbook_id'], 'playbook_entities_playbook');
  });

  await knex.schema.createTable('playbook_notes', table => {
    table.comment('What people wrote; the newest version counts');
    table.string('playbook_id', 24).notNullable();
    table.integer('version').notNullable();
    table.text('text').notNullable();
    table.text('actor').notNullable();
    table.bigInteger('at').notNullable();
    table.primary(['playbook_id', 'version']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'playbook_notes',
    'playbook_entities',
    'playbook_versions',
    'playbooks',
  ]) {
    await knex.schema.dropTable(table);
  }
};
