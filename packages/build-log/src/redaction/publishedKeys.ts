import { hashTextToHex } from '../text/hashText';

/** Hashes of keys that their owners print in public documentation and code on purpose, as gitleaks (MIT) lists them. */
const PUBLISHED = new Set([
  '8ba116d592b00825',
  'd62066e1e88e3cd0',
  '7d5fd3656a2fa859',
  '5c49c61c780e1f0b',
  'cd4255e9447ddb6d',
  '7811871691e63d56',
  '3f9e305a643e33ac',
  'ec04a1d6e64ea31c',
  '99ea15e428c6d554',
  'aed50fa380abc567',
  'f139001040968c9c',
  '044de5ec12d32a3b',
  '2df45e0f710bcf5b',
  '25ea6d91d11f9b31',
  '00428fec90900514',
  '386c65c4ccdbe2cb',
  '5f52f23d8acab5bf',
  'e6007a340c721d9c',
  '53be5f1736bac1bd',
  'c233c1de026558cc',
  '8eae4167b373a265',
]);

/** Whether a key is known to be public, so that it is no secret. */
export function isPublished(value: string): boolean {
  return PUBLISHED.has(hashTextToHex(value));
}
