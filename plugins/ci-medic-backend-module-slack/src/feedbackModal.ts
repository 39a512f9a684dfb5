import {
  AlertActionInput,
  failureCategorySchema,
} from '@ci-medic/plugin-ci-medic-common';
import type { ModalView, PlainTextElement } from '@slack/types';
import { z } from 'zod';

/** Names the dialog that `Wrong…` opens. */
export const feedbackCallback = 'ci-medic.feedback';

const NOT_AN_INCIDENT = 'not_an_incident';

const categories = {
  flaky_test: 'Flaky test',
  dependency: 'Dependency',
  infrastructure: 'Infrastructure',
  configuration: 'Configuration',
  code: 'Code',
  unknown: 'Nobody can tell',
  [NOT_AN_INCIDENT]: 'Not an incident at all',
};

/** What the dialog carries along. It comes back from outside, and the id is checked like that of any button. */
const privateSchema = z.object({
  actionId: z.string().max(64),
  channel: z.string().max(64).optional(),
});

export type FeedbackDialog = z.infer<typeof privateSchema>;

const stateSchema = z.object({
  category: z.object({
    value: z.object({
      selected_option: z.object({ value: z.string() }).nullish(),
    }),
  }),
  fixedBy: z.object({ value: z.object({ value: z.string().nullish() }) }),
  comment: z.object({ value: z.object({ value: z.string().nullish() }) }),
});

/** The dialog in which a person says what would have been right. */
export function feedbackModal(dialog: FeedbackDialog): ModalView {
  return {
    type: 'modal',
    callback_id: feedbackCallback,
    private_metadata: JSON.stringify(dialog),
    title: plain('The diagnosis is wrong'),
    submit: plain('Send'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: 'category',
        label: plain('What is it?'),
        element: {
          type: 'static_select',
          action_id: 'value',
          options: Object.entries(categories).map(([value, text]) => ({
            value,
            text: plain(text),
          })),
        },
      },
      {
        type: 'input',
        block_id: 'fixedBy',
        optional: true,
        label: plain('What fixed it?'),
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          max_length: 1_000,
        },
      },
      {
        type: 'input',
        block_id: 'comment',
        optional: true,
        label: plain('Anything else?'),
        element: {
          type: 'plain_text_input',
          action_id: 'value',
          multiline: true,
          max_length: 2_000,
        },
      },
    ],
  };
}

/**
 * What a person filled in.
 *
 * @throws ZodError when it is not what the dialog asks for.
 */
export function readFeedback(view: {
  private_metadata: string;
  state: { values: unknown };
}): FeedbackDialog & { input: AlertActionInput } {
  const dialog = privateSchema.parse(JSON.parse(view.private_metadata));
  const values = stateSchema.parse(view.state.values);
  const chosen = values.category.value.selected_option?.value;
  return {
    ...dialog,
    input: {
      ...(chosen === NOT_AN_INCIDENT
        ? { notAnIncident: true }
        : { category: failureCategorySchema.parse(chosen) }),
      fixedBy: values.fixedBy.value.value || undefined,
      comment: values.comment.value.value || undefined,
    },
  };
}

function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}
