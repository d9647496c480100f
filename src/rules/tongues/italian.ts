import type { Tongue } from './tongue.ts';

/** Italian. */
export const italian: Tongue = {
  purse: 'saldo|credit[oi]|fondi|denaro|portafoglio',
  budget: 'budget|spesa',
  card: 'carta\\b|(?:metodo|dati|informazioni) di (?:pagamento|fatturazione)',
  subscription: 'abbonamento|licenza|prova gratuita|periodo di prova',
  plan: '\\bpiano\\b|pacchetto|livello',
  key: 'chiave|token|credenzial|sessione|autenticazione',
  allowance: 'quota|limite|richieste|chiamate|utilizzo',
  account: 'account|utente|organizzazione|progetto',
  region: 'paese|regione|territorio',
  period: 'al (?:giorno|mese)|giornalier|mensil|settimanal',
  over: 'superat|raggiunt|esaurit|consumat',
  lacking:
    'insufficient|non (?:hai|ha|ci sono|sufficient|è presente)|manca|senza|necessari|richied|aggiung|negativo|nessun',
  ended: 'scadut|terminat|annullat|conclus',
  shut: 'sospes|bloccat|disattivat|congelat',
  wrong: 'non valid|errat|sconosciut|revocat',
  refused: 'rifiutat|respint|negat',
  only: '(?:solo|soltanto|solamente) |non (?:include|è (?:disponibile|inclus)|consente)|superiore',
  many: 'tropp[eio]',
  topUp: 'ricarica',
  upgrade: 'aggiorna|passa a',
  subscribe: 'abbonati',
};
