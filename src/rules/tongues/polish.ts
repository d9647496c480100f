import type { Tongue } from './tongue.ts';

/** Polish. */
export const polish: Tongue = {
  purse: 'środk|saldo|kredyt|pieniędz',
  budget: 'budżet|wydatk',
  card: 'kart[ayę]|metod[ayę] płatności|płatnicz',
  subscription: 'subskrypcj|licencj|okres próbny|abonament',
  plan: '\\bplan|pakiet|taryf',
  key: 'klucz|token|sesj|uwierzytelni',
  allowance: 'limit|przydział|żądań|zapytań|zużyci',
  account: 'konto|użytkownik|organizacj',
  region: 'kraj|region',
  period: 'dzienn|miesięczn|tygodniow|na (?:dzień|miesiąc)',
  over: 'przekrocz|wyczerp|osiągni|wykorzysta',
  lacking: 'niewystarczając|wystarczając|brak|za mało|nie masz|wymagan|dodaj',
  ended: 'wygas|zakończ|upłyn|anulowan',
  shut: 'zawieszon|zablokowan|wyłączon|nieaktywn',
  wrong: 'nieprawidłow|niepoprawn|nieznan|unieważnion',
  refused: 'odrzucon|odmow',
  only: 'tylko |niedostępn|nie obejmuje|wyższ',
  many: 'zbyt wiele|za dużo',
  topUp: 'doładuj|zasil',
  upgrade: 'uaktualnij|przejdź na',
  subscribe: 'wykup',
};
