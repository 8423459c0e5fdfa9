import type { GivenSecrets, KeyCandidate } from './secret-mistake.js';

const NAMES = [
  'INQUD_HOOK_SECRET',
  'INQUD_SECRET',
  'INQUD_WEBHOOK_SECRET',
  'WEBHOOK_SECRET',
  'HOOK_SECRET',
  'SECRET',
];

const WORDS = [
  'undefined',
  'null',
  'None',
  'secret_value',
  'secret',
  'your_secret',
  'your-secret',
  'YOUR_SECRET',
  'your_webhook_secret',
  'your-webhook-secret',
  '<secret>',
  '<your-secret>',
  '<your_secret>',
  '[secret]',
  '[object Object]',
  'changeme',
  'change-me',
  'test',
];

/** What stands in a configuration until a secret takes its place. */
export function* placeholders(given: GivenSecrets): Iterable<KeyCandidate> {
  for (const name of new Set([...given.names, ...NAMES])) {
    for (const text of formsOf(name)) yield { key: Buffer.from(text), note: `\`${text}\`` };
  }
  for (const text of WORDS) yield { key: Buffer.from(text), note: `\`${text}\`` };
}

/** True for text that looks like a place kept for a secret, or is one of the usual words. */
export function looksLikePlaceholder(text: string): boolean {
  const trimmed = text.trim();
  if (WORDS.includes(trimmed)) return true;
  return /^(\$\{?[A-Za-z_]\w*\}?|\{\{.*\}\}|<[^<>]*>|%\w+%|process\.env\.\w+)$/.test(trimmed);
}

function formsOf(name: string): readonly string[] {
  return [
    `\${${name}}`,
    `$${name}`,
    name,
    `{{${name}}}`,
    `{{ ${name} }}`,
    `%${name}%`,
    `<${name}>`,
    `process.env.${name}`,
  ];
}
