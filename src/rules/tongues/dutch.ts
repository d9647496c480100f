import type { Tongue } from './tongue.ts';

/** Dutch. */
export const dutch: Tongue = {
  purse: 'saldo|tegoed|krediet',
  budget: 'budget|uitgaven',
  card: 'kaart|betaal(?:methode|middel|gegevens)',
  subscription: 'abonnement|licentie|proefperiode',
  plan: 'pakket|\\bplan\\b',
  key: 'sleutel|token|inloggegevens|sessie',
  allowance: 'quotum|limiet|verzoeken|aanvragen|gebruik',
  account: 'account|gebruiker|organisatie',
  region: '\\bland\\b|regio',
  period: 'per (?:dag|week|maand|jaar)|dagelijks|maandelijks|dag(?:elijkse)?limiet',
  over: 'overschreden|bereikt|verbruikt|uitgeput|opgebruikt',
  lacking: 'onvoldoende|niet genoeg|niet voldoende|geen |ontbre|zonder|vereist|nodig|te laag|voeg',
  ended: 'verlopen|beëindigd|opgezegd|afgelopen',
  shut: 'geblokkeerd|opgeschort|uitgeschakeld|gedeactiveerd|bevroren',
  wrong: 'ongeldig|onjuist|onbekend|ingetrokken',
  refused: 'geweigerd|afgewezen',
  only: 'alleen |niet (?:beschikbaar|inbegrepen|toegestaan)|hoger',
  many: 'te veel',
  topUp: 'waardeer|opwaarderen',
  upgrade: 'upgrade',
  subscribe: 'abonneer',
};
