// @ts-check

/**
 * How often passing jobs printed each warning, so that a new one is noticed, and one that comes more often.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('job_templates', table => {
    table.comment(
      'Warnings and errors in the log of a passing job, by template',
    );
    table.string('job_id', 24).notNullable();
    table.string('template_id', 24).notNullable();
    table.text('template').notNullable().comment('With what varies masked');
    table.integer('lines').notNullable();
    table.primary(['job_id', 'template_id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('job_templates');
};
