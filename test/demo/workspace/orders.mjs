// An API of your own; Tollgate puts the OAuth token in. Run it: node orders.mjs
import { gateway } from './gateway.ts';

const response = await fetch(`${gateway}/orders/v1/orders`, {
  // With this key Tollgate adds the stored credential. It opens nothing but this gateway.
  headers: { authorization: `Bearer ${process.env.TOLLGATE_KEY}` },
});
console.log(response.status, await response.text());
if (!response.ok) process.exitCode = 1;
