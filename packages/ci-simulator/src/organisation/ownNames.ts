import { ORGANISATION, ServicePlan } from './blueprint';

const capital = (word: string) => word[0].toUpperCase() + word.slice(1);

/** What services are built with whose library has no repository here. */
const otherKits: Record<ServicePlan['stack'], string> = {
  ...{ node: 'webkit', python: 'datakit', go: 'servicekit' },
  ...{ java: 'ledgerkit', rust: 'edgekit' },
};

/**
 * Puts a service's own names in the place of those that stood in the recorded
 * projects.
 */
export function ownNames(plan: ServicePlan): (text: string) => string {
  const { name, noun, attribute, kit = otherKits[plan.stack] } = plan;
  const one = attribute.replace(/s$/, '');
  const replacements: Array<[RegExp, string]> = [
    [/\/work\/zebra\/zebra/g, `/work/${name}/${name}`],
    [
      /(deployment[/ ]?"?|deployments\.apps "|zebra:|\/acme\/|repo\/)zebra/g,
      '$1@name@',
    ],
    [
      /acme-corekit|acme_corekit/g,
      ORGANISATION + (plan.stack === 'python' ? '-' : '_') + kit,
    ],
    [/corekit/g, kit],
    [/acme/g, ORGANISATION],
    [/Acme/g, capital(ORGANISATION)],
    [/ZEBRA/g, noun.toUpperCase()],
    [/Zebra/g, capital(noun)],
    [/zebra/g, noun],
    [/stripes/g, attribute],
    [/Stripes/g, capital(attribute)],
    [/stripe/g, one],
    [/Stripe/g, capital(one)],
    [/@name@/g, name],
  ];
  return text =>
    replacements.reduce((result, [from, to]) => result.replace(from, to), text);
}
