import { anyOf, type Wording } from './wording.ts';

/** A card on file has passed its date. */
export const paymentMethodExpired: Wording = {
  name: 'paymentMethodExpired',
  cause: 'payment_method_expired',
  codes: anyOf(
    'expired (?:card|payment|instrument|credit card)',
    '(?:card|payment method|payment instrument|instrument|credit card|payment source) (?:is |has )?(?:been )?expired',
  ),
  about: /expired/,
  says: anyOf(
    '\\b(?:credit card|card|payment method|payment instrument|bank account)\\b(?: on file| ending in \\w+| provided| used| you \\w+)? (?:is |has |was |have )?(?:been )?expired',
    '\\bexpired (?:credit |debit |payment )?(?:card|payment method|instrument)\\b',
  ),
  abroad: anyOf(
    '信用卡.{0,4}(?:过期|失效)|tarjeta (?:ha )?(?:vencid|expirad|caducad)|karte (?:ist )?abgelaufen|carte (?:a )?expir',
  ),
  alternatives: ['payment_method_invalid', 'card_declined'],
};
