import type { Tongue } from './tongue.ts';

/** French. */
export const french: Tongue = {
  purse: 'solde|crédit|fonds|argent|porte-?monnaie',
  budget: 'budget|dépense|plafond de',
  card: 'carte|(?:moyen|méthode|mode|information)s? de (?:paiement|facturation)',
  subscription: "abonnement|licence|période d'essai|essai|adhésion",
  plan: 'forfait|formule|\\bplan\\b|offre',
  key: 'clé|jeton|identifiants|authentification|session',
  allowance: 'quota|limite|requêtes|appels|utilisation|plafond',
  account: 'compte|utilisateur|organisation|projet',
  region: 'pays|région|territoire',
  period: 'par (?:jour|semaine|mois|an)|quotidien|mensuel|hebdomadaire|journali|du mois|du jour',
  over: 'dépass|attei[gn]|épuis|consomm',
  lacking:
    "insuffisan|pas (?:assez|suffisa)|aucun|manqu|sans |requis|nécessaire|ajouter|trop (?:bas|faible)|négatif|n'avez pas|pas d'",
  ended: 'expir|terminé|résilié|échu|annulé|arrivé à échéance',
  shut: 'suspendu|désactivé|bloqué|gelé|fermé|verrouillé',
  wrong: 'invalide|incorrect|inconnu|révoqué|erroné',
  refused: 'refusée?|rejetée?|déclinée?',
  only: "(?:uniquement|seulement|réservée?) |n'est pas (?:inclus|disponible|pris)|pas (?:inclus|disponible|accès)|supérieur",
  many: 'trop de',
  topUp: 'rechargez|recharger|approvisionn',
  upgrade: 'passez à|mettre à niveau|mettez à niveau|changez de',
  subscribe: 'abonnez-vous|souscri',
};
