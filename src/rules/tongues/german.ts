import type { Tongue } from './tongue.ts';

/** German. */
export const german: Tongue = {
  purse: 'guthaben|kontostand|saldo|geld|kredit',
  budget: 'budget|ausgabe|kostenlimit|kostenrahmen',
  card: 'karte|zahlungs(?:mittel|methode|art|daten)|bankverbindung|rechnungs(?:adresse|daten)',
  subscription: 'abonnement|\\babo\\b|lizenz|testphase|testzeitraum|probezeit|mitgliedschaft|vertrag',
  plan: 'tarif|\\bplan\\b|paket|\\bstufe',
  key: 'schlüssel|zugangsdaten|\\btoken|anmeldung|\\bsitzung',
  allowance: 'kontingent|limit|anfragen|aufrufe|nutzung|grenze',
  account: 'konto|benutzer|organisation|projekt|zugang',
  region: '\\bland\\b|region|gebiet|standort',
  period: 'pro (?:tag|woche|monat|jahr)|täglich|monatlich|wöchentlich|tages|monats|wochen',
  over: 'überschritten|erreicht|aufgebraucht|erschöpft|verbraucht|ausgeschöpft|überzogen',
  lacking:
    'nicht (?:genug|genügend|ausreichend|gedeckt)|nicht aus\\b|reicht nicht|unzureichend|kein|ohne|fehl|zu niedrig|zu wenig|benötig|erforderlich|hinterlegen|leer|negativ',
  ended: 'abgelaufen|beendet|gekündigt|ausgelaufen|endete',
  shut: 'gesperrt|deaktiviert|blockiert|inaktiv|eingefroren|stillgelegt|pausiert',
  wrong: 'ungültig|falsch|unbekannt|fehlerhaft|widerrufen',
  refused: 'abgelehnt|zurückgewiesen|verweigert',
  only: 'nur |nicht (?:enthalten|verfügbar|inbegriffen|unterstützt)|höher',
  many: 'zu viele',
  topUp: 'aufladen|laden sie|einzahlen',
  upgrade: 'upgrade|wechseln sie',
  subscribe: 'abonnieren',
};
