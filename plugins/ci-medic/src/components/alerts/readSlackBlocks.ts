import { AlertPreview } from '@ci-medic/plugin-ci-medic-common';

/** A piece of text within a line. */
export type SlackText = {
  text: string;
  url?: string;
  isBold?: boolean;
};

/** A part of a message as Slack shows it. Anything that is not used in messages is left out. */
export type SlackPart =
  | { kind: 'header'; text: string }
  | { kind: 'section'; texts: SlackText[] }
  | { kind: 'quotation'; text: string }
  | { kind: 'list'; isOrdered: boolean; items: SlackText[][] }
  | { kind: 'context'; texts: string[] }
  | {
      kind: 'actions';
      buttons: { text: string; value?: string; url?: string }[];
    };

type Value = Record<string, any>;

/**
 * Reads blocks into what there is to see. Whatever is in them, texts stay texts.
 */
export function readSlackBlocks({ blocks }: AlertPreview): SlackPart[] {
  return blocks.flatMap((block): SlackPart[] => {
    const { type, text, elements } = block as Value;
    switch (type) {
      case 'header':
        return [{ kind: 'header', text: textOf(text) }];
      case 'rich_text':
        return listOf(elements).flatMap(readRichText);
      case 'context':
        return [{ kind: 'context', texts: listOf(elements).map(textOf) }];
      case 'actions':
        return [
          {
            kind: 'actions',
            buttons: listOf(elements).map(({ text: label, value, url }) => ({
              text: textOf(label),
              value: value && String(value),
              url: url && String(url),
            })),
          },
        ];
      default:
        return [];
    }
  });
}

function readRichText({ type, style, elements }: Value): SlackPart[] {
  switch (type) {
    case 'rich_text_section':
      return [{ kind: 'section', texts: listOf(elements).map(readText) }];
    case 'rich_text_preformatted':
      return [
        { kind: 'quotation', text: listOf(elements).map(textOf).join('') },
      ];
    case 'rich_text_list':
      return [
        {
          kind: 'list',
          isOrdered: style === 'ordered',
          items: listOf(elements).map(item =>
            listOf(item.elements).map(readText),
          ),
        },
      ];
    default:
      return [];
  }
}

function readText({ text, url, style }: Value): SlackText {
  return {
    text: String(text ?? ''),
    url: url && String(url),
    isBold: style?.bold === true,
  };
}

function textOf(value: unknown): string {
  return String((value as Value | undefined)?.text ?? '');
}

function listOf(value: unknown): Value[] {
  return Array.isArray(value) ? value.filter(one => one !== null) : [];
}
