/** Names of what is only so once the money is there. What was detected, locked or reserved is not among them. */
const RELEASED =
  /(credited|settled|released|shipped|shipment|delivered|fulfil?led|granted|unlocked|hasaccess|access)$/i;
const RELEASED_WORD =
  /^"(credited|settled|released|shipped|delivered|fulfil?led|granted|unlocked|paid)"$/i;
/** What was paid may be what was seen so far, where something else tells that it is certain. */
const PAID = /paid$/i;
/** Messages are sent and delivered as well. */
const MESSAGE = /mail|message|notif|web_?hook|receipt|invoice/i;
const YES = /^(true|1|"true"|"yes")$/i;

export function isYes(value: string | undefined): boolean {
  return value !== undefined && YES.test(value);
}

/**
 * Whether a value says that the customer has what the money is for. That it was paid may be what was seen
 * so far, where something else tells that it is certain.
 */
export function isReleased(path: string, value: string, isToldElsewhere: boolean): boolean {
  if (MESSAGE.test(path)) return false;
  const name = (path.split('.').at(-1) ?? path).replaceAll(/[_\- ]/g, '');
  if (isYes(value)) return RELEASED.test(name) || (PAID.test(name) && !isToldElsewhere);
  return RELEASED_WORD.test(value) && (!PAID.test(value.replaceAll('"', '')) || !isToldElsewhere);
}
