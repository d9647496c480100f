// A Stripe payment with a test card that is always declined. Run it: node charge.mjs
import { gateway } from './gateway.ts';

const response = await fetch(`${gateway}/stripe/v1/payment_intents`, {
  method: 'POST',
  headers: { authorization: `Bearer ${process.env.STRIPE_API_KEY ?? 'sandbox'}` },
  body: new URLSearchParams({
    amount: '1999',
    currency: 'eur',
    payment_method: 'pm_card_visa_chargeDeclinedInsufficientFunds',
    confirm: 'true',
  }),
});
console.log(response.status, await response.text());
if (!response.ok) process.exitCode = 1;
