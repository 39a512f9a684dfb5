// @ts-check

/**
 * Tasks of the scaffolder that show what is done automatically. Times as in the intake's tables.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('remediation_tasks', table => {
    table.comment('A task only watches; the remediation goes on without it');
    table.string('remediation_id', 24).primary();
    table.text('task_id').comment('Absent when none could be started');
    table.text('problem');
    table.bigInteger('at').notNullable();
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('remediation_tasks');
};
