/**
 * What Slack would not take of blocks, by the limits that its reference gives. Knows only the blocks that are used, so
 * that another one has to be looked up first.
 */
export function blockProblems(
  blocks: any[],
  surface: 'message' | 'modal' = 'message',
): string[] {
  const problems: string[] = [];
  const limit = (where: string, text: unknown, most: number, least = 1) => {
    const length = typeof text === 'string' ? text.length : -1;
    if (length < least || length > most) {
      problems.push(
        `${where} has ${length} characters, not ${least} to ${most}`,
      );
    }
  };
  const plain = (where: string, text: any, most: number) => {
    if (text?.type !== 'plain_text') {
      problems.push(`${where} is ${text?.type}, not plain_text`);
    }
    limit(where, text?.text, most);
  };
  const count = (where: string, list: unknown, most: number) => {
    const size = Array.isArray(list) ? list.length : -1;
    if (size < 1 || size > most) {
      problems.push(`${where} has ${size} elements, not 1 to ${most}`);
    }
  };
  const rich = (where: string, element: any) => {
    switch (element.type) {
      case 'text':
        limit(where, element.text, 3_000);
        break;
      case 'link':
        limit(`${where} url`, element.url, 3_000);
        if (!/^https?:\/\//.test(element.url)) {
          problems.push(`${where} links to ${element.url}`);
        }
        break;
      case 'rich_text_section':
      case 'rich_text_list':
      case 'rich_text_preformatted':
        count(where, element.elements, 100);
        element.elements.forEach((one: any) =>
          rich(`${where}.${one.type}`, one),
        );
        break;
      default:
        problems.push(`${where} has an element ${element.type}`);
    }
  };
  const button = (where: string, element: any) => {
    plain(`${where}.text`, element.text, 75);
    limit(`${where}.action_id`, element.action_id, 255);
    if (element.url !== undefined) {
      limit(`${where}.url`, element.url, 3_000);
    } else {
      limit(`${where}.value`, element.value, 2_000);
    }
    if (element.confirm) {
      plain(`${where}.confirm.title`, element.confirm.title, 100);
      plain(`${where}.confirm.text`, element.confirm.text, 300);
      plain(`${where}.confirm.confirm`, element.confirm.confirm, 30);
      plain(`${where}.confirm.deny`, element.confirm.deny, 30);
    }
  };
  const input = (where: string, block: any) => {
    const { element } = block;
    plain(`${where}.label`, block.label, 2_000);
    limit(`${where}.action_id`, element.action_id, 255);
    if (element.type === 'static_select') {
      count(`${where}.options`, element.options, 100);
      for (const option of element.options) {
        plain(`${where}.option`, option.text, 75);
        limit(`${where}.option.value`, option.value, 150);
      }
    } else if (
      element.type !== 'plain_text_input' ||
      element.max_length > 3_000
    ) {
      problems.push(`${where} has an element ${element.type}`);
    }
  };
  count('blocks', blocks, surface === 'message' ? 50 : 100);
  const ids = blocks.flatMap(({ block_id: id }) => id ?? []);
  if (new Set(ids).size < ids.length) {
    problems.push('block_id is not unique');
  }
  blocks.forEach((block, index) => {
    const where = `${index}.${block.type}`;
    if (block.block_id !== undefined) {
      limit(`${where}.block_id`, block.block_id, 255);
    }
    switch (block.type) {
      case 'header':
        plain(where, block.text, 150);
        break;
      case 'context':
        count(where, block.elements, 10);
        block.elements.forEach((one: any) => plain(where, one, 2_000));
        break;
      case 'actions':
        count(where, block.elements, 25);
        block.elements.forEach((one: any) => button(where, one));
        break;
      case 'rich_text':
        count(where, block.elements, 100);
        block.elements.forEach((one: any) => rich(where, one));
        break;
      case 'input':
        input(where, block);
        break;
      default:
        problems.push(`${where} is not known here`);
    }
  });
  return problems;
}
